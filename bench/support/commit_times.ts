import { z } from "zod";
import type { BenchServers } from "./bench_servers.ts";

const rows = z.array(z.object({ value: z.number() }));

/**
 * Returns the commit times of the settlements of these processed articles, sorted, in ms since the epoch.
 * Postgres must run with `track_commit_timestamp`.
 */
export async function commitTimes(
  { sql }: BenchServers,
  ids: readonly number[],
): Promise<number[]> {
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
