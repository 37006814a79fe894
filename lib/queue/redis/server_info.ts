import { z } from "zod";
import type { RedisConnection } from "../../redis/redis_connection.ts";
import { SCRIPTS } from "./scripts.ts";

/** Information about a Redis server. */
export interface ServerInfo {
  /** Such as `7.0.15`. */
  version: string;
  /** The eviction policy at `maxmemory`. */
  evictionPolicy: string;
  appendOnly: boolean;
  /** Whether the last snapshot and the last rewrite of the log succeeded. */
  savesSucceed: boolean;
}

/** Returns null without the permission to call INFO. Throws `BrokerUnreachableError`. */
export async function serverInfo(connection: RedisConnection): Promise<ServerInfo | null> {
  const text = await connection.run(SCRIPTS.serverInfo, [], z.string());
  const field = (name: string) => new RegExp(`^${name}:(.*?)\\r?$`, "m").exec(text)?.[1] ?? "";
  if (field("redis_version") === "") return null;
  return {
    version: field("redis_version"),
    evictionPolicy: field("maxmemory_policy"),
    appendOnly: field("aof_enabled") === "1",
    savesSucceed: [field("rdb_last_bgsave_status"), field("aof_last_write_status")]
      .every((status) => status === "" || status === "ok"),
  };
}
