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

type LuaValue = number | string | readonly LuaValue[];

/** Declares constants as Lua locals, so that a script shares them with the TypeScript side. */
export function luaConstants(constants: Record<string, LuaValue>): string {
  return Object.entries(constants)
    .map(([name, value]) => `local ${name} = ${luaLiteral(value)}\n`)
    .join("");
}

function luaLiteral(value: LuaValue): string {
  // A string of JSON without Unicode escapes is one of Lua.
  if (typeof value !== "object") return JSON.stringify(value);
  return `{${value.map(luaLiteral).join(", ")}}`;
}
