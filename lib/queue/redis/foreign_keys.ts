import { z } from "zod";
import type { RedisConnection } from "../../redis/redis_connection.ts";
import { BrokerUnreachableError, toError } from "../../runtime/errors.ts";
import { redisVerdict } from "../../runtime/redis_replies.ts";
import { ownKeys } from "./own_keys.ts";
import { SCRIPTS } from "./scripts.ts";

const strings = z.array(z.string());

export interface ForeignKeysOptions {
  /** Called with values in lists of an older system that are not ids, which were dropped. */
  onGarbage: (values: string[]) => void;
  /** Called with the new names of foreign values that were found under Millrace's keys. */
  onForeign: (keys: string[]) => void;
}

/** Handles values of another type under Millrace's keys. */
export interface ForeignKeys {
  /**
   * Runs `attempt`, and again if a key had another type: an older system's list is then converted to a sorted
   * set, and any other value renamed. Throws `BrokerUnreachableError` if a key has another type again.
   */
  around<T>(attempt: () => Promise<T>): Promise<T>;
}

/** `nodes` are nodes whose active sets are used, in addition to those with a lease. */
export function createForeignKeys(
  connection: RedisConnection,
  nodes: ReadonlySet<string>,
  { onGarbage, onForeign }: ForeignKeysOptions,
): ForeignKeys {
  async function clear() {
    const garbage = await connection.run(SCRIPTS.adopt, [], strings);
    if (garbage.length > 0) onGarbage(garbage);
    const [seconds] = await connection.send(["TIME"], strings);
    const now = Number(seconds) * 1_000;
    const keys = ownKeys(nodes, now);
    const moved = await connection.run(
      SCRIPTS.renameForeign,
      [String(now), ...keys.flat()],
      strings,
    );
    if (moved.length > 0) onForeign(moved);
  }

  return {
    async around(attempt) {
      try {
        return await attempt();
      } catch (error) {
        if (!isForeignKey(error)) throw error;
        await clear();
        return await attempt().catch((again) => {
          throw isForeignKey(again) ? unusable(again) : again;
        });
      }
    },
  };
}

function isForeignKey(error: unknown): boolean {
  return redisVerdict(toError(error).message) === "foreign key";
}

function unusable(error: unknown): BrokerUnreachableError {
  const cause = toError(error);
  const message = `Cannot use Redis: another program writes under keys of ours: ${cause.message}`;
  return new BrokerUnreachableError(message, { cause });
}
