import { newestCommits } from "../database/lost_commits.ts";
import type { Sql } from "../database/postgres_client.ts";
import type { Commits, Queue } from "../queue/queue.ts";

/** Why the queue has to be reconciled with Postgres; at least one is not null. */
export interface Drift {
  /** The run of a new or restarted broker. */
  epoch: string | null;
  /** The newest commits of a Postgres that was restored from an earlier time than the queue's newest commits. */
  restored: Commits | null;
}

/** Returns null if the broker is reconciled and has no commit that Postgres lacks. */
export async function findDrift({ sql, queue }: { sql: Sql; queue: Queue }): Promise<Drift | null> {
  const epoch = await queue.coldEpoch();
  // In this order: the queue cannot have a commit that Postgres has not reached afterwards.
  const heard = await queue.newestCommits();
  const reached = await newestCommits(sql);
  const isAhead = heard.settlement > reached.settlement || heard.note > reached.note;
  if (epoch === null && !isAhead) return null;
  return { epoch, restored: isAhead ? reached : null };
}
