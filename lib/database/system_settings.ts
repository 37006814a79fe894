import { z } from "zod";
import type { Sql, Statements } from "./postgres_client.ts";
import { readRows, run } from "./query.ts";

const PREFIX = "processor.";
/** The key of the advisory lock, arbitrary but unique. */
const LOCK = 4_823_072;

const setting = z.object({ key: z.string(), value: z.string() });

/**
 * The stored settings by name, without the prefix `processor.`, parsed from JSON where they are JSON.
 * The older system stored plain words; those come out as strings.
 */
export async function readSettings(sql: Statements): Promise<Record<string, unknown>> {
  const rows = await readRows(
    setting,
    () =>
      sql`SELECT key, value FROM system_settings WHERE starts_with(key, ${PREFIX}) AND value IS NOT NULL`,
  );
  return Object.fromEntries(
    rows.map(({ key, value }) => [key.slice(PREFIX.length), parsed(value)]),
  );
}

const storedChange = z.object({
  key: z.string().transform((key) => key.slice(PREFIX.length)),
  old: z.string().nullable().transform((old) => old === null ? null : parsed(old)),
  new: z.string().transform(parsed),
});

/** A changed setting; `old` is null when it had not been set. */
export type StoredChange = z.infer<typeof storedChange>;

const change = storedChange.extend({
  id: z.number(),
  /** Milliseconds since the epoch. */
  at: z.number(),
  by: z.string(),
});

/**
 * Stores settings, all or none, and notes by whom those that differ were changed; returns these with their old values.
 * `check` is called with the stored settings before the write; if it throws, nothing is stored. Writers on all nodes
 * take turns, so that no write comes between the check and the write.
 */
export async function writeSettings(
  sql: Sql,
  settings: Record<string, unknown>,
  by: string,
  check?: (stored: Record<string, unknown>) => void,
): Promise<StoredChange[]> {
  return await run(() =>
    sql.begin(async (transaction) => {
      await transaction`SELECT pg_advisory_xact_lock(${LOCK})`;
      // The lock is held, so this statement sees all earlier writes.
      check?.(await readSettings(transaction));
      return await write(transaction, settings, by);
    })
  );
}

async function write(
  sql: Statements,
  settings: Record<string, unknown>,
  by: string,
): Promise<StoredChange[]> {
  const rows = JSON.stringify(
    Object.entries(settings).map(([name, value]) => ({
      key: PREFIX + name,
      value: JSON.stringify(value),
    })),
  );
  return await readRows(storedChange, () =>
    sql`
      WITH given AS MATERIALIZED (
        SELECT * FROM json_to_recordset((${rows}::text)::json) AS rows (key text, value text)
      ), before AS MATERIALIZED (
        SELECT given.key, system_settings.value AS old, given.value AS new
        FROM given LEFT JOIN system_settings ON system_settings.key = given.key
      ), written AS (
        INSERT INTO system_settings (key, value) SELECT key, value FROM given ORDER BY key
        ON CONFLICT (key) DO UPDATE SET value = EXCLUDED.value, updated_at = now()
      )
      INSERT INTO setting_changes (by, key, old, new)
      SELECT ${by}, key, old, new FROM before WHERE old IS DISTINCT FROM new ORDER BY key
      RETURNING key, old, new`);
}

/** One change of one setting. */
export type SettingChange = z.infer<typeof change>;

/** The newest changes first, those before the id `before` when it is given. */
export async function settingChanges(
  sql: Sql,
  { before = null, limit }: { before?: number | null; limit: number },
): Promise<SettingChange[]> {
  return await readRows(
    change,
    () =>
      sql`
        SELECT id, at, by, key, old, new FROM setting_changes
        WHERE id < coalesce(${before}::bigint, 9223372036854775807)
        ORDER BY id DESC LIMIT ${limit}`,
  );
}

function parsed(value: string): unknown {
  try {
    return JSON.parse(value);
  } catch {
    return value;
  }
}
