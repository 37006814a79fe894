import { createHash } from "node:crypto";

/** A Lua script for Redis with the digest that Redis knows it by. */
export interface RedisScript {
  source: string;
  sha1: string;
}

/** Makes a script of its parts, in order; shared functions come before what calls them. */
export function redisScript(...parts: string[]): RedisScript {
  const source = parts.join("\n");
  return { source, sha1: createHash("sha1").update(source).digest("hex") };
}
