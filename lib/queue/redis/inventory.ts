import { z } from "zod";
import type { RedisConnection } from "../../redis/redis_connection.ts";
import { createBloomFilter } from "../../runtime/bloom_filter.ts";
import type { Inventory, Unfinished } from "../queue.ts";
import { SCRIPTS } from "./scripts.ts";

const PAGE = 5_000;
/** Ids per call of the script. */
const PART = 500;

const values = z.array(z.string());
const ids = z.array(z.coerce.number());

/**
 * Reads the pending ids in pages, from the end where ids enter, so that one that moves in the meantime is
 * read again. The Bloom filter may mistake a missing article for a present one, but a different one each
 * time.
 */
export async function takeInventory(
  { prefix, send, run }: RedisConnection,
  pause: () => Promise<void>,
): Promise<Inventory> {
  const pending = `${prefix}pending:articles`;
  const length = await send(["LLEN", pending], z.number());
  const waiting = createBloomFilter(length);

  async function read(first: number, last: number): Promise<number> {
    const found = await send(["LRANGE", pending, String(first), String(last)], values);
    for (const value of found) waiting.add(Number(value));
    return found.length;
  }

  for (let first = 0; await read(first, first + PAGE - 1) === PAGE; first += PAGE) await pause();

  async function notLocated(articles: Unfinished[]): Promise<Set<number>> {
    const missing = new Set<number>();
    for (let first = 0; first < articles.length; first += PART) {
      const args = articles.slice(first, first + PART)
        .flatMap(({ id, state, dueInMs }) => [state, `${id}`, `${Math.ceil(dueInMs ?? 0)}`]);
      for (const id of await run(SCRIPTS.locate, args, ids)) missing.add(id);
    }
    return missing;
  }

  return {
    async missing(articles) {
      const unknown = articles.filter(({ id, state }) => state === "dead" || !waiting.has(id));
      const missing = await notLocated(unknown);
      if (missing.size === 0) return [];
      // Ids requeued in the meantime, from a retry or a dead node, are at either end.
      await read(0, PAGE - 1);
      await read(-PAGE, -1);
      return unknown
        .filter(({ id, state }) => missing.has(id) && (state === "dead" || !waiting.has(id)))
        .map(({ id }) => id);
    },
  };
}
