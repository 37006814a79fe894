import { createHash } from "node:crypto";

/** A Lua script for Redis with its SHA-1 digest for `EVALSHA`. */
export interface RedisScript {
  source: string;
  sha1: string;
}

/** Concatenates the parts of a script in order; shared functions come before their callers. */
export function redisScript(...parts: string[]): RedisScript {
  const source = parts.join("\n");
  return { source, sha1: createHash("sha1").update(source).digest("hex") };
}

/** Declares numbers as Lua locals, so that a script shares its constants with the TypeScript side. */
export function luaConstants(constants: Record<string, number>): string {
  return Object.entries(constants)
    .map(([name, value]) => `local ${name} = ${value}\n`)
    .join("");
}
