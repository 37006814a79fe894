import { z } from "zod";
import type { FailedState } from "../queue.ts";
import type { RedisConnection } from "../../redis/redis_connection.ts";
import { SCRIPTS } from "./scripts.ts";

const PAGE = 1_000;

const page = z.tuple([z.string(), z.array(z.coerce.number()), z.array(z.string())]);

export interface FailedVisitor {
  visit: (ids: number[]) => Promise<void>;
  /** Called with values that are not ids, which were removed. */
  onGarbage: (values: string[]) => void;
}

/** Reads a sorted set in steps; one that is in it all the time is visited at least once. */
export async function visitFailed(
  { run }: RedisConnection,
  state: FailedState,
  { visit, onGarbage }: FailedVisitor,
): Promise<void> {
  let cursor = "0";
  do {
    const [next, ids, garbage] = await run(
      SCRIPTS.scanFailed,
      [state, cursor, String(PAGE)],
      page,
    );
    if (garbage.length > 0) onGarbage(garbage);
    if (ids.length > 0) await visit(ids);
    cursor = next;
  } while (cursor !== "0");
}
