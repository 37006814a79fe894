import { z } from "zod";
import { BrokerUnreachableError } from "../../runtime/errors.ts";
import type { RedisConnection } from "../../redis/redis_connection.ts";
import { NOTHING } from "../../redis/reply_shape.ts";
import { sleep } from "../../runtime/sleep.ts";
import { LOCK_MS } from "../queue_limits.ts";
import { SCRIPTS } from "./scripts.ts";

/**
 * Runs `work` while holding the lock `name`; returns false immediately when another node holds it. The lock
 * expires `LOCK_MS` after a crash of its holder.
 */
export async function underLock(
  connection: RedisConnection,
  name: string,
  work: () => Promise<void>,
): Promise<boolean> {
  const token = crypto.randomUUID();
  const got = await connection.run(SCRIPTS.takeLock, [name, token, String(LOCK_MS)], z.number());
  if (got !== 1) return false;

  const done = new AbortController();
  async function renewUntilDone() {
    while (!done.signal.aborted) {
      await sleep(LOCK_MS / 3, done.signal);
      if (!done.signal.aborted) {
        await connection.run(SCRIPTS.renewLock, [name, token, String(LOCK_MS)], NOTHING).catch(
          ignoreOutage,
        );
      }
    }
  }
  const renewing = renewUntilDone();
  try {
    await work();
  } finally {
    done.abort();
    await renewing;
    await connection.run(SCRIPTS.releaseLock, [name, token], NOTHING).catch(ignoreOutage);
  }
  return true;
}

/** A lock that cannot be renewed or released expires. */
function ignoreOutage(error: unknown): void {
  if (!(error instanceof BrokerUnreachableError)) throw error;
}
