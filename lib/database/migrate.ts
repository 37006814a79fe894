import { z } from "zod";
import type { Sql } from "./client.ts";
import type { Database } from "./connect.ts";
import { run } from "./query.ts";

const FOLDER = new URL("../../migrations/", import.meta.url);
const FILE_NAME = /^\d{4}_\w+\.sql$/;

/** Any number that no other program takes for its advisory lock. */
const LOCK = 4_711_200_1;

interface Migration {
  name: string;
  text: string;
  checksum: string;
}

const appliedRow = z.object({ name: z.string(), checksum: z.string() });

/**
 * Applies the migrations that the database lacks, in order, each in a transaction of its own, and
 * answers their names. Nodes that start at once wait for each other. Throws when a migration was edited
 * after it had been applied.
 */
export async function migrate(database: Database, folder: URL = FOLDER): Promise<string[]> {
  const migrations = await readMigrations(folder);
  return await database.patiently(async (sql) => {
    const applied: string[] = [];
    for (;;) {
      const name = await run(() => applyNext(sql, migrations));
      if (name === null) return applied;
      applied.push(name);
    }
  });
}

/** Applies the first migration that is missing; null when there is none. */
async function applyNext(sql: Sql, migrations: Migration[]): Promise<string | null> {
  const next = await sql.begin(async (tx) => {
    await tx`SELECT pg_advisory_xact_lock(${LOCK})`;
    await tx`CREATE TABLE IF NOT EXISTS schema_migrations (
      name text PRIMARY KEY,
      checksum text NOT NULL,
      applied_at timestamptz NOT NULL DEFAULT now()
    )`;
    const rows = z.array(appliedRow).parse(await tx`SELECT name, checksum FROM schema_migrations`);
    const applied = new Map(rows.map(({ name, checksum }) => [name, checksum]));
    const missing = migrations.find(({ name }) => !applied.has(name));
    for (const { name, checksum } of migrations) {
      if ((applied.get(name) ?? checksum) === checksum) continue;
      throw new Error(`Cannot migrate the database: ${name} was edited after it had been applied`);
    }
    if (missing === undefined) return null;
    await tx.unsafe(missing.text).simple();
    const { name, checksum } = missing;
    await tx`INSERT INTO schema_migrations (name, checksum) VALUES (${name}, ${checksum})`;
    return { name };
  });
  return next?.name ?? null;
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
