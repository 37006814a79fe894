import { z } from "zod";
import type { Members } from "../queue.ts";
import type { RedisConnection } from "../../runtime/redis_connection.ts";

const PAGE = 10_000;

const values = z.array(z.string());
/** In the newer protocol a sorted set's members come in pairs with their scores, flat all the same. */
const page = z.tuple([z.string(), values]);

/**
 * Every id in the queue, read in pages so that no other node has to wait long. The keys are read in
 * the order in which ids move through them, and each is read from the end where ids enter: an id that
 * moves on meanwhile is met again; only one that moves back may be missed.
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
    const found = values.parse(
      await send(["LRANGE", pending, String(first), String(first + PAGE - 1)]),
    );
    add(members.waiting)(found);
    if (found.length < PAGE) break;
  }
  for (const node of values.parse(await send(["ZRANGE", `${prefix}processor:leases`, "0", "-1"]))) {
    await scan("SSCAN", `${prefix}processor:active:${node}`, add(members.waiting));
  }
  await scan("ZSCAN", `${prefix}pending:articles:retry`, addScored(members.retry));
  await scan("ZSCAN", `${prefix}pending:articles:dead`, addScored(members.dead));
  return members;

  async function scan(command: string, key: string, visit: (found: string[]) => void) {
    let cursor = "0";
    do {
      const [next, found] = page.parse(await send([command, key, cursor, "COUNT", String(PAGE)]));
      visit(found);
      cursor = next;
    } while (cursor !== "0");
  }
}
