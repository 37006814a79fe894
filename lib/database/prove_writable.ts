import type { Sql } from "./postgres_client.ts";
import { toError, UnexplainedRefusalError } from "../runtime/errors.ts";
import { isDataRefusal, run } from "./query.ts";
import { settleBatch } from "./settle.ts";

/** Rolls the transaction back. */
class Rollback extends Error {}

/** Ids that no article has. */
const PROCESSED = -1;
const FAILED = -2;

/**
 * Settles nonexistent articles, one processed and one failed, in a transaction that is rolled back, to
 * prove that Postgres can currently store both kinds of results. Throws like `run`, and an
 * `UnexplainedRefusalError` when their data are rejected: then any article's are.
 */
export async function proveWritable(sql: Sql): Promise<void> {
  try {
    await run(() =>
      sql.begin(async (transaction) => {
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
        throw new Rollback();
      })
    );
  } catch (thrown) {
    if (thrown instanceof Rollback) return;
    if (!isDataRefusal(thrown)) throw thrown;
    throw new UnexplainedRefusalError(
      `Postgres refuses even a harmless result: ${toError(thrown).message}`,
      { cause: thrown },
    );
  }
}
