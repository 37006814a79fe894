import { BrokerUnreachableError } from "../../runtime/errors.ts";
import type { RedisConnection } from "../../runtime/redis_connection.ts";
import { redisScript } from "../../runtime/redis_script.ts";
import { sleep } from "../../runtime/sleep.ts";
import { LOCK_MS } from "../timing.ts";
import { PRELUDE } from "./prelude.ts";

const LOCK = "local lock = prefix .. 'processor:lock:' .. ARGV[1]";

/** ARGV: name, token, ms. Only the holder's token prolongs a lock. */
const RENEW = redisScript(
  PRELUDE,
  LOCK,
  "if redis.call('GET', lock) == ARGV[2] then redis.call('PEXPIRE', lock, ARGV[3]) end",
);

/** ARGV: name, token. Only the holder's token ends a lock. */
const RELEASE = redisScript(
  PRELUDE,
  LOCK,
  "if redis.call('GET', lock) == ARGV[2] then redis.call('DEL', lock) end",
);

/**
 * Runs `work` while holding the lock `name`, or answers false at once when it is held. A holder that
 * crashes keeps it for `LOCK_MS` at most.
 */
export async function underLock(
  connection: RedisConnection,
  name: string,
  work: () => Promise<void>,
): Promise<boolean> {
  const token = crypto.randomUUID();
  const key = `${connection.prefix}processor:lock:${name}`;
  const got = await connection.send(["SET", key, token, "NX", "PX", String(LOCK_MS)]);
  if (got === null) return false;

  const done = new AbortController();
  async function renewUntilDone() {
    while (!done.signal.aborted) {
      await sleep(LOCK_MS / 3, done.signal);
      if (!done.signal.aborted) {
        await connection.run(RENEW, [name, token, String(LOCK_MS)]).catch(ignoreOutage);
      }
    }
  }
  const renewing = renewUntilDone();
  try {
    await work();
  } finally {
    done.abort();
    await renewing;
    await connection.run(RELEASE, [name, token]).catch(ignoreOutage);
  }
  return true;
}

/** A lock that cannot be prolonged or released now ends by itself. */
function ignoreOutage(error: unknown): void {
  if (!(error instanceof BrokerUnreachableError)) throw error;
}
