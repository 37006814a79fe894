import { z } from "zod";
import type { Sql } from "./client.ts";
import { readRow } from "./query.ts";

const oldest = z.object({ at: z.number().nullable() });

/** Since when the article that has waited longest is pending, ms since the epoch; null: none is. */
export async function oldestPendingAt(sql: Sql): Promise<number | null> {
  const { at } = await readRow(
    oldest,
    () => sql`SELECT min(changed_at) AS at FROM article_states WHERE state = 'pending'`,
  );
  return at;
}
