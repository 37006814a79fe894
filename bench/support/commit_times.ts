import { z } from "zod";
import type { Stand } from "./stand.ts";

const rows = z.array(z.object({ value: z.number() }));

/**
 * When the settlement of each of these articles, all processed, was committed: ms since the epoch, in
 * order. The stand's Postgres must have `track_commit_timestamp` on.
 */
export async function commitTimes({ sql }: Stand, ids: readonly number[]): Promise<number[]> {
  const commits = rows.parse(
    await sql`
      SELECT (extract(epoch FROM pg_xact_commit_timestamp(xmin)) * 1000)::float8 AS value
      FROM article_states
      WHERE article_id BETWEEN ${ids[0]!} AND ${ids.at(-1)!} AND state = 'processed'
      ORDER BY 1`,
  );
  if (commits.length !== ids.length) {
    throw new Error(`${commits.length} of ${ids.length} are processed`);
  }
  return commits.map(({ value }) => value);
}
