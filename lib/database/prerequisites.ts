import { z } from "zod";
import type { Sql } from "./postgres_client.ts";
import type { Database } from "./connect.ts";
import { migrate, missingMigrations } from "./run_migrations.ts";
import { readRow, readRows } from "./query.ts";

const OLDEST = 140_000;
const MIGRATIONS = "schema_migrations";

/** The tables that a node reads and writes. */
export const TABLES = [
  "alert_deliveries",
  "alert_firings",
  "alert_rules",
  "alert_targets",
  "article_actions",
  "article_groups",
  "article_states",
  "attempts",
  "contents",
  "events",
  "failure_changes",
  "failure_changes_kept",
  "failure_labels",
  "history",
  "history_breakdown",
  "history_timing",
  "idempotency_keys",
  "imports",
  "log_lines",
  "operations",
  "original_articles",
  "outbox",
  "processor_tally",
  "sessions",
  "setting_changes",
  "shared_sources",
  "system_settings",
  "title_shares",
  "titles",
];

/** The functions that statements, triggers and indexes call as the node's user. */
export const FUNCTIONS = [
  "failure_label(text, text)",
  "search_keys(bigint, text)",
  "sought_keys(bigint, text)",
  "source_family(text, text)",
];

/** A prerequisite that Postgres does not meet. */
export interface Lack {
  subject: "version" | "encoding" | "session" | "writes" | "rights";
  /** The finding. */
  found: string;
  /** The remedy. */
  remedy: string;
}

/** Returns the prerequisites that this Postgres does not meet. Changes nothing; throws like `run`. */
export async function findLacks(sql: Sql): Promise<Lack[]> {
  const server = await describeServer(sql);
  const lacks = serverLacks(server);
  // A user without schema privileges cannot see its objects.
  if (server.schema === null) return lacks;
  const objects = await readObjects(sql);
  const denied = objects.filter(({ exists, held }) => exists && !held);
  if (denied.length > 0) lacks.push(deniedRights(server, denied));
  if (denied.some(({ name }) => name === MIGRATIONS)) return lacks;
  const isMigrated = (await missingMigrations(sql)).length === 0;
  return [...lacks, ...isMigrated ? missingObjects(objects) : migrationLacks(server, objects)];
}

/**
 * Applies the migrations that the database lacks. Throws an error that names unmet prerequisites; the
 * embedded Postgres needs no such check.
 */
export async function prepareDatabase(database: Database): Promise<void> {
  if (database.kind === "postgres") {
    const lacks = await findLacks(database.sql);
    const sentence = lacks.map(({ found, remedy }) => `${found}. ${remedy}`).join("; ");
    if (lacks.length > 0) throw new Error(`Cannot start: ${sentence}`);
  }
  await migrate(database);
}

const serverRow = z.object({
  number: z.number(),
  version: z.string(),
  encoding: z.string(),
  dateStyle: z.string(),
  user: z.string(),
  schema: z.string().nullable(),
  mayCreate: z.boolean(),
  readOnly: z.boolean(),
});

/** The properties of the server and of the user's session. */
export type ServerDescription = z.infer<typeof serverRow>;

export async function describeServer(sql: Sql): Promise<ServerDescription> {
  return await readRow(
    serverRow,
    () =>
      sql`
        SELECT current_setting('server_version_num')::int AS number,
          current_setting('server_version') AS version,
          current_setting('server_encoding') AS encoding,
          current_setting('DateStyle') AS date_style,
          current_user::text AS user,
          current_schema()::text AS schema,
          coalesce(has_schema_privilege(current_schema(), 'CREATE'), false) AS may_create,
          pg_is_in_recovery() OR current_setting('transaction_read_only')::boolean AS read_only`,
  );
}

function serverLacks(server: ServerDescription) {
  const { number, version, encoding, dateStyle, user, schema, readOnly } = server;
  const lacks: Lack[] = [];
  if (number < OLDEST) {
    lacks.push({
      subject: "version",
      found: `Postgres is of version ${version}`,
      remedy: "Update it to 14 or later",
    });
  }
  if (encoding !== "UTF8") {
    lacks.push({
      subject: "encoding",
      found: `the database's encoding is ${encoding}`,
      remedy: "Create the database with ENCODING 'UTF8'",
    });
  }
  // Only a pooler's session can have another one: a node sets it for its own.
  if (!dateStyle.startsWith("ISO")) {
    lacks.push({
      subject: "session",
      found: `the DateStyle of the user ${user} is ${dateStyle}`,
      remedy: `ALTER ROLE ${user} SET DateStyle = 'ISO'`,
    });
  }
  if (readOnly) {
    lacks.push({
      subject: "writes",
      found: "the server takes no writes",
      remedy: "Point DATABASE_URL at the primary, or reset default_transaction_read_only",
    });
  }
  if (schema === null) {
    lacks.push({
      subject: "rights",
      found: `the user ${user} may use no schema of its search_path`,
      remedy: "GRANT USAGE ON SCHEMA, or give it a schema of its own (docs/operations.md)",
    });
  }
  return lacks;
}

const objectRow = z.object({
  name: z.string(),
  privilege: z.string(),
  exists: z.boolean(),
  held: z.boolean(),
  /** Whether the user may change its definition. */
  owned: z.boolean(),
});

type ObjectRight = z.infer<typeof objectRow>;

/** Every privilege that a node needs on its objects, and whether the user has it. */
async function readObjects(sql: Sql): Promise<ObjectRight[]> {
  return await readRows(
    objectRow,
    () =>
      sql`
        WITH relations AS (
          SELECT name, to_regclass(name) AS oid, privilege
          FROM unnest(${array(TABLES)}::text[]) AS name,
            unnest('{SELECT,INSERT,UPDATE,DELETE}'::text[]) AS privilege
          UNION ALL
          SELECT ${MIGRATIONS}, to_regclass(${MIGRATIONS}), 'SELECT'
        ), sequences AS (
          SELECT name, to_regclass(name) AS oid, 'USAGE' AS privilege
          FROM unnest(ARRAY['batch_ids', CASE
            WHEN to_regclass('original_articles') IS NULL THEN 'original_articles_id_seq'
            ELSE pg_get_serial_sequence('original_articles', 'id')
          END]) AS name
        ), functions AS (
          SELECT name, to_regprocedure(name) AS oid, 'EXECUTE' AS privilege
          FROM unnest(${array(FUNCTIONS)}::text[]) AS name
        )
        SELECT name, privilege, oid IS NOT NULL AS exists,
          coalesce(has_table_privilege(oid, privilege), false) AS held,
          coalesce((SELECT pg_has_role(relowner, 'USAGE') FROM pg_class WHERE pg_class.oid = relations.oid), false) AS owned
        FROM relations
        UNION ALL
        SELECT name, privilege, oid IS NOT NULL, coalesce(has_sequence_privilege(oid, privilege), false), true
        FROM sequences
        UNION ALL
        SELECT name, privilege, oid IS NOT NULL, coalesce(has_function_privilege(oid, privilege), false), true
        FROM functions`,
  );
}

/** An array as the driver passes it: as text. None of the names has a quote. */
function array(names: readonly string[]): string {
  return `{${names.map((name) => `"${name}"`).join(",")}}`;
}

function deniedRights({ user }: ServerDescription, denied: ObjectRight[]): Lack {
  const rights = Map.groupBy(denied, ({ name }) => name).entries()
    .map(([name, each]) => `${each.map(({ privilege }) => privilege).join(", ")} on ${name}`);
  return {
    subject: "rights",
    found: `the user ${user} lacks ${[...rights].join("; ")}`,
    remedy: "GRANT them, or make it the owner (docs/operations.md)",
  };
}

function missingObjects(objects: ObjectRight[]): Lack[] {
  const missing = new Set(objects.filter(({ exists }) => !exists).map(({ name }) => name));
  if (missing.size === 0) return [];
  return [{
    subject: "rights",
    found: `the database has no ${[...missing].join(", ")}, although every migration was applied`,
    remedy: "Check the search_path of the user, or restore a backup",
  }];
}

/** Applying migrations requires creating and changing objects. */
function migrationLacks({ user, schema, mayCreate }: ServerDescription, objects: ObjectRight[]) {
  const lacks: Lack[] = [];
  if (!mayCreate) {
    lacks.push({
      subject: "rights",
      found: `the user ${user} may not create tables in the schema ${schema}`,
      remedy: "GRANT CREATE ON SCHEMA, or give it a schema of its own (docs/operations.md)",
    });
  }
  const foreign = new Set(
    objects.filter((each) => each.exists && !each.owned).map((each) => each.name),
  );
  if (foreign.size > 0) {
    lacks.push({
      subject: "rights",
      found: `the user ${user} does not own ${[...foreign].join(", ")}, which migrations change`,
      remedy: "Make it the owner, or let the owner run deno task migrate",
    });
  }
  return lacks;
}
