import type { Sql } from "./postgres_client.ts";
import { withRollback } from "./with_rollback.ts";
import { settleBatch, type Settlement } from "./settle.ts";

/**
 * Settles nonexistent articles in a transaction that is rolled back, to prove that Postgres can currently store
 * results: processed and failed ones, each of an article without a state, and of one that has been tried before, since a
 * trigger may refuse only updates. Throws like `run`.
 */
export async function proveWritable(sql: Sql): Promise<void> {
  await withRollback(sql, async (transaction) => {
    const settle = (settlements: Settlement[]) =>
      settleBatch(transaction, { node: "proof", day: "20000101", elapsedMs: 0, settlements });
    await settle([processed(-1, 0), failed(-2, 0), failed(-3, 0)]);
    await settle([processed(-2, 1), failed(-3, 1)]);
  });
}

function processed(id: number, revision: number): Settlement {
  const [title, paragraphs] = ["proof", ["proof"]];
  return { kind: "processed", id, revision, groupId: 1, title, paragraphs };
}

function failed(id: number, revision: number): Settlement {
  const failure = { reason: "threw", message: "proof", stack: null } as const;
  const then = { next: "retry", dueInMs: 0, failure, fingerprint: "proof" } as const;
  return { kind: "failed", id, revision, groupId: 1, ...then };
}
