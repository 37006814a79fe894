import type { Logger } from "@logtape/logtape";
import { type Bus, CHANNELS } from "../bus/bus.ts";
import { createMemoryBus } from "../bus/memory_bus.ts";
import { createRedisBus } from "../bus/redis_bus.ts";
import { createMemoryQueue } from "../queue/memory_queue.ts";
import type { Queue } from "../queue/queue.ts";
import { createRedisQueue } from "../queue/redis_queue.ts";
import { serverInfo } from "../queue/redis/server_info.ts";
import { lackingCommands } from "../queue/redis/rights.ts";
import { connectRedis } from "../redis/redis_connection.ts";
import { FOREIGN_KEPT_DAYS } from "../redis/foreign_value.ts";
import type { Config } from "../runtime/config.ts";

interface BrokerParts {
  logger: Logger;
  /** Called with the duration of each Redis command, in ms. */
  onReply: (ms: number) => void;
  owner: AsyncDisposableStack;
}

/**
 * Opens the queue and the bus: in Redis when it is configured, in-process otherwise. `owner` disposes of them. Throws
 * when the Redis user lacks permissions, and lists them.
 */
export async function connectBroker(
  { redisUrl, redisPrefix, redisTls }: Config,
  { logger, onReply, owner }: BrokerParts,
): Promise<{ queue: Queue; bus: Bus }> {
  const onError = (error: Error) =>
    logger.error("A message could not be handled: {error}", { error });
  if (redisUrl === null) {
    const bus = owner.use(createMemoryBus({ onError }));
    const queue = createMemoryQueue({
      publish: (status) => void bus.publish(CHANNELS.status, status),
    });
    return { bus, queue: owner.use(queue) };
  }
  const options = { prefix: redisPrefix, tls: redisTls, onReply };
  const connection = owner.use(await connectRedis(redisUrl, options));
  const lacking = await lackingCommands(connection);
  if (lacking.length > 0) {
    throw new Error(`Cannot start: the user of REDIS_URL lacks ${lacking.join(", ")}`);
  }
  const info = await serverInfo(connection);
  if (info !== null && info.evictionPolicy !== "noeviction") {
    logger.warning(
      "The maxmemory-policy of Redis is {policy}: when it is full, it drops keys of the queue. Set it to noeviction.",
      { policy: info.evictionPolicy },
    );
  }
  const onGarbage = (values: string[]) =>
    logger.error("Removed from the queue, since it is not an article id: {values}", { values });
  const onForeign = (keys: string[]) =>
    logger.error(
      "Another program's values were found under Millrace's keys; moved for {days} days to {keys}",
      { days: FOREIGN_KEPT_DAYS, keys },
    );
  const bus = owner.use(createRedisBus(connection, { onError, onForeign }));
  const queue = owner.use(createRedisQueue(connection, { onGarbage, onForeign }));
  return { bus, queue };
}
