import { connectDatabase, type Database } from "../../lib/database/connect.ts";
import type { Sql } from "../../lib/database/postgres_client.ts";
import { migrate } from "../../lib/database/run_migrations.ts";
import { createEmbeddedFolder } from "./embedded_folder.ts";
import { hasPostgres, startPostgres } from "./postgres.ts";

/** Both kinds of database, each fresh and migrated, for test suites that run on both. */
export const DATABASES: { kind: string; ignore: boolean; open: () => Promise<OpenDatabase> }[] = [
  { kind: "embedded", ignore: false, open: openEmbedded },
  {
    kind: hasPostgres ? "Postgres" : "Postgres (skipped: Postgres is not installed)",
    ignore: !hasPostgres,
    open: openServer,
  },
];

/** A fresh, migrated database. */
export interface OpenDatabase extends AsyncDisposable {
  readonly database: Database;
  readonly sql: Sql;
}

async function openEmbedded(): Promise<OpenDatabase> {
  const dataDir = await createEmbeddedFolder();
  return await migrated(await connectDatabase({ url: null, dataDir }), {
    [Symbol.asyncDispose]: () => Deno.remove(dataDir, { recursive: true }),
  });
}

async function openServer(): Promise<OpenDatabase> {
  const server = await startPostgres();
  return await migrated(await connectDatabase({ url: server.url, dataDir: "" }), server);
}

async function migrated(database: Database, ground: AsyncDisposable): Promise<OpenDatabase> {
  await migrate(database);
  return {
    database,
    sql: database.sql,
    async [Symbol.asyncDispose]() {
      await database[Symbol.asyncDispose]();
      await ground[Symbol.asyncDispose]();
    },
  };
}
