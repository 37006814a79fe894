import { z } from "zod";
import type { RedisConnection } from "../../redis/redis_connection.ts";
import { SCRIPTS } from "./scripts.ts";

/** Returns the commands that the queue needs but that are not permitted or not known. */
export async function lackingCommands(connection: RedisConnection): Promise<string[]> {
  const lacking = await connection.run(SCRIPTS.checkRights, [], z.array(z.string()));
  return [...new Set(lacking)];
}
