import { z } from "zod";
import type { Sql } from "../../lib/database/postgres_client.ts";
import { databaseTime } from "../../lib/database/database_time.ts";
import { connectDatabase } from "../../lib/database/connect.ts";
import { missingMigrations } from "../../lib/database/run_migrations.ts";
import { describeServer, findLacks, type Lack } from "../../lib/database/prerequisites.ts";
import { readRows } from "../../lib/database/query.ts";
import type { Config } from "../../lib/runtime/config.ts";
import { toError } from "../../lib/runtime/errors.ts";
import { checkClock, doubtful, type Finding, right, wrong } from "./finding.ts";

/** Checks the configured Postgres; the embedded one is accessible to its node only. */
export async function checkPostgres({ databaseUrl, dataDir }: Config): Promise<Finding[]> {
  if (databaseUrl === null) {
    return [right("Postgres", `not configured: the embedded one under ${dataDir} is used`)];
  }
  await using database = await connectDatabase({ url: databaseUrl, dataDir });
  const { sql } = database;
  try {
    const { version, encoding, dateStyle, user, schema } = await describeServer(sql);
    const lacks = await findLacks(sql);
    const check = (subject: Lack["subject"], found: string): Finding[] => {
      const own = lacks.filter((lack) => lack.subject === subject);
      if (own.length === 0) return [right(`Postgres: ${subject}`, found)];
      return own.map((lack) => wrong(`Postgres: ${subject}`, lack.found, lack.remedy));
    };
    const findings = [
      right("Postgres: connection", "reached and signed in"),
      ...check("version", version),
      ...check("encoding", encoding),
      ...check("session", `DateStyle ${dateStyle}`),
      ...check("writes", "taken"),
      ...check("rights", `the user ${user} has every right that is needed in the schema ${schema}`),
      right("Postgres: search", "by an index of Millrace's own; pg_trgm is not needed"),
    ];
    // Without the rights, further checks would fail.
    if (lacks.length > 0) return findings;
    return [
      ...findings,
      checkMigrations(await missingMigrations(sql)),
      await checkIndexes(sql),
      checkClock("Postgres: clock", await databaseTime(sql)),
    ];
  } catch (thrown) {
    return [
      wrong(
        "Postgres: connection",
        toError(thrown).message,
        "Check DATABASE_URL, its user, password and database, and whether the server runs. " +
          "docs/operations.md says how to create the user and the database",
      ),
    ];
  }
}

function checkMigrations(missing: string[]): Finding {
  if (missing.length === 0) return right("Postgres: migrations", "all applied");
  return doubtful(
    "Postgres: migrations",
    `to be applied: ${missing.join(", ")}`,
    "Apply them ahead with deno task migrate; a node that starts does, too",
  );
}

async function checkIndexes(sql: Sql): Promise<Finding> {
  const invalid = await readRows(
    z.object({ name: z.string() }),
    () =>
      sql`
        SELECT indexrelid::regclass::text AS name FROM pg_index
        JOIN pg_class ON pg_class.oid = indexrelid
        WHERE NOT indisvalid AND relnamespace = current_schema()::regnamespace`,
  );
  if (invalid.length === 0) return right("Postgres: indexes", "all valid");
  const names = invalid.map(({ name }) => name).join(", ");
  const remedy = invalid.map(({ name }) => `REINDEX INDEX CONCURRENTLY ${name}`).join("; ");
  return wrong("Postgres: indexes", `not valid, so not used: ${names}`, remedy);
}
