import { proveAccepting } from "../database/prove_accepting.ts";
import type { Sql } from "../database/postgres_client.ts";
import { bisect, type Bisected, type Refused } from "../runtime/bisect.ts";
import { DataRefusedError } from "../runtime/errors.ts";

/** How often Postgres must refuse an article alone for an unclear reason, while it accepts others. */
const PROOFS = 3;

/**
 * Stores items in one statement of `store`, which must be idempotent. If Postgres refuses it, stores the items that it
 * accepts, and returns those that it refuses again, alone, while it accepts a harmless article. Throws a
 * `DatabaseUnreachableError` if that is refused, too: then the cause is the server.
 */
export async function storeEach<Item, Result>(
  sql: Sql,
  items: readonly Item[],
  store: (items: readonly Item[]) => Promise<Result>,
): Promise<Bisected<Item, Result>> {
  const prove = () => proveAccepting(sql);
  const { done, refused } = await bisect(items, store, prove);
  const proven: Refused<Item>[] = [];
  for (const each of refused) {
    let refusal: Refused<Item> | undefined = each;
    for (let proofs = 0; proofs < PROOFS && refusal !== undefined; proofs++) {
      await prove();
      // After rejected data, one try is enough: the values were the cause, or a sequence that lagged behind.
      const isRejected = refusal.error instanceof DataRefusedError;
      const again = await bisect([each.item], store, prove);
      done.push(...again.done);
      refusal = again.refused[0];
      if (isRejected) break;
    }
    if (refusal !== undefined) proven.push(refusal);
  }
  return { done, refused: proven };
}
