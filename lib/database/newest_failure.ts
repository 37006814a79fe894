import { z } from "zod";
import type { Sql } from "./postgres_client.ts";
import { readRows } from "./query.ts";

const failure = z.object({
  message: z.string(),
  /** Milliseconds since the epoch. */
  at: z.number(),
  node: z.string(),
});

/** Returns the last failure of the articles in retry and the dead letters, or null. */
export async function newestFailure(sql: Sql): Promise<z.infer<typeof failure> | null> {
  const [found] = await readRows(
    failure,
    () =>
      sql`
        SELECT failed.error AS message, failed.last_failed_at AS at, nodes.label AS node
        FROM article_states AS failed JOIN failure_labels AS nodes ON nodes.id = failed.node_key
        WHERE failed.state IN ('retry', 'dead')
          AND failed.last_failed_at IS NOT NULL AND failed.error IS NOT NULL
        ORDER BY failed.last_failed_at DESC LIMIT 1`,
  );
  return found ?? null;
}
