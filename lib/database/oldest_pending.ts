import { z } from "zod";
import type { Sql } from "./postgres_client.ts";
import { readRow } from "./query.ts";

const oldest = z.object({ at: z.number().nullable() });

/** Returns since when the oldest pending article has been pending, ms since the epoch, or null. */
export async function oldestPendingAt(sql: Sql): Promise<number | null> {
  const { at } = await readRow(
    oldest,
    () => sql`SELECT min(changed_at) AS at FROM article_states WHERE state = 'pending'`,
  );
  return at;
}
