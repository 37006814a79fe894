import { z } from "zod";
import type { Members } from "../queue.ts";
import type { RedisConnection } from "../../redis/redis_connection.ts";

const PAGE = 10_000;

const values = z.array(z.string());
/** RESP3 returns a sorted set's members as pairs with their scores; these are flattened. */
const page = z.tuple([z.string(), values]);

/**
 * Returns every id in the queue, read in pages, so that other clients are not blocked for long. The keys are
 * read in the order in which ids move through them, each from the end where ids enter: an id that moves
 * forward in the meantime is read again; only one that moves backward may be missed.
 */
export async function readMembers({ prefix, send }: RedisConnection): Promise<Members> {
  const members: Members = { waiting: new Set(), retry: new Set(), dead: new Set() };
  const add = (to: Set<number>) => (found: string[]) => {
    for (const value of found) {
      const id = Number(value);
      if (Number.isSafeInteger(id) && id > 0) to.add(id);
    }
  };
  const addScored = (to: Set<number>) => (flat: string[]) =>
    add(to)(flat.filter((_, i) => i % 2 === 0));

  const pending = `${prefix}pending:articles`;
  for (let first = 0;; first += PAGE) {
    const found = await send(
      ["LRANGE", pending, String(first), String(first + PAGE - 1)],
      values,
    );
    add(members.waiting)(found);
    if (found.length < PAGE) break;
  }
  for (const node of await send(["ZRANGE", `${prefix}processor:leases`, "0", "-1"], values)) {
    await scan("SSCAN", `${prefix}processor:active:${node}`, add(members.waiting));
  }
  await scan("ZSCAN", `${prefix}pending:articles:retry`, addScored(members.retry));
  await scan("ZSCAN", `${prefix}pending:articles:dead`, addScored(members.dead));
  return members;

  async function scan(command: string, key: string, visit: (found: string[]) => void) {
    let cursor = "0";
    do {
      const [next, found] = await send([command, key, cursor, "COUNT", String(PAGE)], page);
      visit(found);
      cursor = next;
    } while (cursor !== "0");
  }
}
