import type { Sql } from "./postgres_client.ts";
import { withRollback } from "./with_rollback.ts";
import { settleBatch } from "./settle.ts";

/** Ids that no article has. */
const PROCESSED = -1;
const FAILED = -2;

/**
 * Settles nonexistent articles, one processed and one failed, in a transaction that is rolled back, to
 * prove that Postgres can currently store both kinds of results. Throws like `run`.
 */
export async function proveWritable(sql: Sql): Promise<void> {
  await withRollback(sql, async (transaction) => {
    await settleBatch(transaction, {
      node: "proof",
      day: "20000101",
      elapsedMs: 0,
      settlements: [{
        kind: "processed",
        id: PROCESSED,
        revision: 0,
        groupId: 1,
        title: "proof",
        paragraphs: ["proof"],
      }, {
        kind: "failed",
        id: FAILED,
        revision: 0,
        groupId: 1,
        next: "retry",
        dueInMs: 0,
        failure: { reason: "threw", message: "proof", stack: null },
        fingerprint: "proof",
      }],
    });
  });
}
