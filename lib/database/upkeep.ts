import { z } from "zod";
import { toError } from "../runtime/errors.ts";
import type { Sql } from "./client.ts";
import { readRow, readRows, run } from "./query.ts";

const ROUND_MS = 30_000;

/** What a crash may leave to be read again, at about 200 MB a second. */
const MAX_LOG_BYTES = 128 * 1024 * 1024;

/**
 * Does for the embedded Postgres, which has no processes beside the one that answers, what a server does
 * by itself: checkpoints, without which its log would grow until it is stopped, and vacuum. Errors are
 * given to `onError`; the next round tries again.
 */
export function startUpkeep(sql: Sql, onError: (error: Error) => void): AsyncDisposable {
  let round: Promise<void> | null = null;
  const timer = setInterval(() => {
    round ??= upkeep(sql).catch((thrown) => onError(toError(thrown))).finally(() => round = null);
  }, ROUND_MS);
  return {
    async [Symbol.asyncDispose]() {
      clearInterval(timer);
      await round;
    },
  };
}

/** One round: a vacuum of the tables that changed much, and a checkpoint when the log is long. */
export async function upkeep(sql: Sql): Promise<void> {
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
