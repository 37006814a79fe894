import { z } from "zod";
import { OK } from "../../redis/reply_shape.ts";
import type { RedisConnection } from "../../redis/redis_connection.ts";
import type { Commits, Comparison, Queue } from "../queue.ts";

const total = z.coerce.number().catch(0);
const comparison = z.object({
  at: z.number(),
  database: z.number(),
  queue: z.number(),
  missing: z.number(),
}).nullable();

/** Returns the totals of all nodes; those that are missing or no numbers are 0. */
export async function readTotals(connection: RedisConnection): ReturnType<Queue["totals"]> {
  const fields = ["total_processed", "total_failed", "total_retried", "total_elapsed_ms"];
  const key = `${connection.prefix}processor:stats`;
  const [processed, failedTries, retried, elapsedMs, updatedAt] = await connection.send(
    ["HMGET", key, ...fields, "updated_at"],
    z.tuple([total, total, total, total, z.coerce.number().nullable().catch(null)]),
  );
  const failed = Math.max(0, failedTries - retried);
  return { processed, failed, retried, elapsedMs, updatedAt: updatedAt || null };
}

/** Returns the newest commits of all placements; 0 before the first. */
export async function readCommits(connection: RedisConnection): Promise<Commits> {
  const key = `${connection.prefix}processor:commits`;
  const [settlement, note] = await connection.send(
    ["HMGET", key, "settlement", "note"],
    z.tuple([total, total]),
  );
  return { settlement, note };
}

/** Stores the last comparison of the queue with Postgres. */
export async function storeComparison(connection: RedisConnection, comparison: Comparison) {
  const key = `${connection.prefix}processor:comparison`;
  await connection.send(["SET", key, JSON.stringify(comparison)], OK);
}

/** Returns the last comparison; null if there is none or its JSON is invalid. */
export async function readComparison(connection: RedisConnection): Promise<Comparison | null> {
  const key = `${connection.prefix}processor:comparison`;
  const kept = await connection.send(["GET", key], z.string().nullable());
  return kept === null ? null : comparison.catch(null).parse(parsed(kept));
}

/** Parses a JSON text; returns null if invalid. */
function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
