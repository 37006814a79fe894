import { z } from "zod";
import type { Sql } from "./postgres_client.ts";
import { readRows, run } from "./query.ts";

const row = z.object({ id: z.number(), articleIds: z.array(z.number()) });

/** An outbox row: ids that may be missing in the queue. */
export type OutboxRow = z.infer<typeof row>;

/** Deletes an outbox row once the queue has its ids. */
export async function deleteOutbox(sql: Sql, id: number): Promise<void> {
  await run(() => sql`DELETE FROM outbox WHERE id = ${id}`);
}

/** Returns at most `limit` outbox rows that are older than `olderThanMs`, oldest first. */
export async function staleOutbox(
  sql: Sql,
  olderThanMs: number,
  limit: number,
): Promise<OutboxRow[]> {
  return await readRows(
    row,
    () =>
      sql`
        SELECT id, to_json(article_ids) AS article_ids FROM outbox
        WHERE created_at <= now() - ${olderThanMs}::float8 * interval '1 ms'
        ORDER BY id LIMIT ${limit}`,
  );
}
