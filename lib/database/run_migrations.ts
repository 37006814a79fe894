import { z } from "zod";
import type { Sql } from "./postgres_client.ts";
import type { Database } from "./connect.ts";
import { readRows, run } from "./query.ts";

const FOLDER = new URL("../../migrations/", import.meta.url);
const FILE_NAME = /^\d{4}_\w+\.sql$/;

/** The key of the advisory lock, arbitrary but unique. */
const LOCK = 4_711_200_1;

interface Migration {
  name: string;
  text: string;
  checksum: string;
}

const appliedRow = z.object({ name: z.string(), checksum: z.string() });
type Applied = z.infer<typeof appliedRow>;

/**
 * Applies pending migrations in order, each in its own transaction; returns their names. Nodes that start
 * concurrently wait for each other; if none is pending, the right to read suffices. Throws if an applied
 * migration was edited.
 */
export async function migrate(database: Database, folder: URL = FOLDER): Promise<string[]> {
  const migrations = await readMigrations(folder);
  if (nextOf(migrations, await readApplied(database.sql)) === null) return [];
  return await database.patiently(async (sql) => {
    const applied: string[] = [];
    for (;;) {
      const name = await run(() => applyNext(sql, migrations));
      if (name === null) return applied;
      applied.push(name);
    }
  });
}

/** Returns the names of pending migrations. Throws like `run`. */
export async function missingMigrations(sql: Sql, folder: URL = FOLDER): Promise<string[]> {
  const names = (await readMigrations(folder)).map(({ name }) => name);
  const applied = new Set((await readApplied(sql)).map(({ name }) => name));
  return names.filter((name) => !applied.has(name));
}

async function readApplied(sql: Sql): Promise<Applied[]> {
  const [table] = await readRows(
    z.object({ exists: z.boolean() }),
    () => sql`SELECT to_regclass('schema_migrations') IS NOT NULL AS exists`,
  );
  if (table?.exists !== true) return [];
  return await readRows(appliedRow, () => sql`SELECT name, checksum FROM schema_migrations`);
}

/** Applies the first pending migration; returns null if there is none. */
async function applyNext(sql: Sql, migrations: Migration[]): Promise<string | null> {
  const next = await sql.begin(async (tx) => {
    await tx`SELECT pg_advisory_xact_lock(${LOCK})`;
    await tx`CREATE TABLE IF NOT EXISTS schema_migrations (
      name text PRIMARY KEY,
      checksum text NOT NULL,
      applied_at timestamptz NOT NULL DEFAULT now()
    )`;
    const rows = z.array(appliedRow).parse(await tx`SELECT name, checksum FROM schema_migrations`);
    const missing = nextOf(migrations, rows);
    if (missing === null) return null;
    await tx.unsafe(missing.text).simple();
    const { name, checksum } = missing;
    await tx`INSERT INTO schema_migrations (name, checksum) VALUES (${name}, ${checksum})`;
    return { name };
  });
  return next?.name ?? null;
}

/** Returns the first pending migration, null if there is none. Throws if an applied one was edited. */
function nextOf(migrations: Migration[], rows: Applied[]): Migration | null {
  const applied = new Map(rows.map(({ name, checksum }) => [name, checksum]));
  for (const { name, checksum } of migrations) {
    if ((applied.get(name) ?? checksum) === checksum) continue;
    throw new Error(`Cannot migrate the database: ${name} was edited after it had been applied`);
  }
  return migrations.find(({ name }) => !applied.has(name)) ?? null;
}

async function readMigrations(folder: URL): Promise<Migration[]> {
  const names: string[] = [];
  for await (const { name } of Deno.readDir(folder)) if (FILE_NAME.test(name)) names.push(name);
  return await Promise.all(
    names.sort().map(async (name) => {
      const text = await Deno.readTextFile(new URL(name, folder));
      return { name, text, checksum: await checksumOf(text) };
    }),
  );
}

async function checksumOf(text: string): Promise<string> {
  const digest = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(text));
  return new Uint8Array(digest).toHex();
}
