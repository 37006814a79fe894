import { z } from "zod";
import { toError } from "../runtime/errors.ts";
import type { Sql } from "./postgres_client.ts";
import { readRow, readRows, run } from "./query.ts";

const ROUND_MS = 30_000;

/** The maximum log to replay after a crash, at about 200 MB per second. */
const MAX_LOG_BYTES = 128 * 1024 * 1024;

/**
 * Maintains the embedded Postgres, which has no background processes: checkpoints, without which its log
 * would grow until it is stopped, and vacuum. `patiently` runs statements
 * of any length. Calls `onError` with errors; the next round retries.
 */
export function startEmbeddedMaintenance(
  patiently: (work: (sql: Sql) => Promise<void>) => Promise<void>,
  onError: (error: Error) => void,
): AsyncDisposable {
  let round: Promise<void> | null = null;
  const timer = setInterval(() => {
    round ??= patiently(maintain).catch((thrown) => onError(toError(thrown)))
      .finally(() => round = null);
  }, ROUND_MS);
  return {
    async [Symbol.asyncDispose]() {
      clearInterval(timer);
      await round;
    },
  };
}

/** Runs one round: a vacuum of tables with many changes, and a checkpoint if the log is long. */
async function maintain(sql: Sql): Promise<void> {
  const changed = await readRows(
    z.object({ name: z.string() }),
    () =>
      sql`
        SELECT relname AS name FROM pg_stat_user_tables
        WHERE n_dead_tup > 10000 + n_live_tup / 5 OR n_mod_since_analyze > 10000 + n_live_tup / 5`,
  );
  for (const { name } of changed) await run(() => sql`VACUUM (ANALYZE) ${sql(name)}`);
  const { isLong } = await readRow(
    z.object({ isLong: z.boolean() }),
    () =>
      sql`
        SELECT pg_current_wal_lsn() - redo_lsn > ${MAX_LOG_BYTES}::numeric AS is_long
        FROM pg_control_checkpoint()`,
  );
  if (isLong) await run(() => sql`CHECKPOINT`);
}
