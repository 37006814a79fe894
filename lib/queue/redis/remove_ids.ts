import { z } from "zod";
import type { RedisConnection } from "../../redis/redis_connection.ts";
import { NOTHING } from "../../redis/reply_shape.ts";
import { SCRIPTS } from "./scripts.ts";

const PAGE = 5_000;

/**
 * Removes ids from every place, in bounded steps. The list of pending ids moves once around, since removing them
 * one by one would read all of it for each. Idempotent.
 */
export async function removeIds(
  { prefix, send, run }: RedisConnection,
  ids: readonly number[],
): Promise<void> {
  if (ids.length === 0) return;
  for (let from = 0; from < ids.length; from += PAGE) {
    await run(SCRIPTS.remove, ids.slice(from, from + PAGE).map(String), NOTHING);
  }
  const pending = await send(["LLEN", `${prefix}pending:articles`], z.number());
  for (let left = pending; left > 0; left -= PAGE) {
    await run(SCRIPTS.dropRemoved, [String(Math.min(left, PAGE))], NOTHING);
  }
  await send(["DEL", `${prefix}processor:removed`], z.number());
}
