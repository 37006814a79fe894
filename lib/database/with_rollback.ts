import type { Sql, Statements } from "./postgres_client.ts";
import { run } from "./query.ts";

class Rollback extends Error {}

/** Runs `work` in a transaction that is rolled back. Throws like `run`. */
export async function withRollback(
  sql: Sql,
  work: (transaction: Statements) => Promise<void>,
): Promise<void> {
  try {
    await run(() =>
      sql.begin(async (transaction) => {
        await work(transaction);
        throw new Rollback();
      })
    );
  } catch (error) {
    if (!(error instanceof Rollback)) throw error;
  }
}
