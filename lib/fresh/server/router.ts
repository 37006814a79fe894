import { METHOD_NAME_ALL } from "hono/router";
import { RegExpRouter } from "hono/router/reg-exp-router";
import { SmartRouter } from "hono/router/smart-router";
import { TrieRouter } from "hono/router/trie-router";
import { honoPaths, isDynamic, parameterNames } from "./path_pattern.ts";
import type { Method } from "./handlers.ts";

/** Every method that a route can handle. */
export const METHODS: readonly Method[] = [
  "GET",
  "HEAD",
  "POST",
  "PATCH",
  "PUT",
  "DELETE",
  "OPTIONS",
];

/** What a path leads to. */
export interface Match<Item> {
  pattern: string;
  params: Record<string, string>;
  /** What handles the method, undefined when nothing does. */
  item: Item | undefined;
  /** The methods that are handled. */
  allowed: string[];
}

/** Finds what handles a method on a path. */
export interface Router<Item> {
  /** Adds `item` for a method and a pattern; the first one added for both stays. */
  add(method: Method, pattern: string, item: Item): void;
  /** What a percent-encoded path leads to, or undefined when no pattern matches it. */
  match(method: string, pathname: string): Match<Item> | undefined;
}

interface Entry<Item> {
  pattern: string;
  byMethod: Map<string, Item>;
}

/** A router without routes. A pattern without parameters wins over one with, whatever the order. */
export function createRouter<Item>(): Router<Item> {
  const entries = new Map<string, Entry<Item>>();
  const dynamic = new SmartRouter<Entry<Item>>({
    routers: [new RegExpRouter(), new TrieRouter()],
  });

  function add(method: Method, pattern: string, item: Item): void {
    let entry = entries.get(pattern);
    if (entry === undefined) {
      entry = { pattern, byMethod: new Map() };
      entries.set(pattern, entry);
      if (isDynamic(pattern)) {
        for (const path of honoPaths(pattern)) {
          dynamic.add(METHOD_NAME_ALL, path, entry);
        }
      }
    }
    if (!entry.byMethod.has(method)) entry.byMethod.set(method, item);
  }

  function findStatic(pathname: string): Entry<Item> | undefined {
    const other = pathname.endsWith("/") ? pathname.slice(0, -1) : `${pathname}/`;
    const entry = entries.get(pathname) ??
      (pathname === "/" ? undefined : entries.get(other));
    return entry === undefined || isDynamic(entry.pattern) ? undefined : entry;
  }

  function match(method: string, pathname: string): Match<Item> | undefined {
    const entry = findStatic(pathname);
    if (entry !== undefined) return answer(entry, method, {});

    const [found, stash] = dynamic.match(method, pathname);
    const first = found[0];
    if (first === undefined) return undefined;
    const params: Record<string, string> = {};
    for (const name of parameterNames(first[0].pattern)) {
      const value = first[1][name];
      params[name] = decode(typeof value === "number" ? stash?.[value] : value);
    }
    return answer(first[0], method, params);
  }

  return { add, match };
}

function answer<Item>(
  { pattern, byMethod }: Entry<Item>,
  method: string,
  params: Record<string, string>,
): Match<Item> {
  const item = byMethod.get(method) ??
    (method === "HEAD" ? byMethod.get("GET") : undefined);
  return { pattern, params, item, allowed: [...byMethod.keys()] };
}

/** A parameter as text; one that is left out is empty, one that cannot be decoded stays as it is. */
function decode(value: string | undefined): string {
  try {
    return decodeURI(value ?? "");
  } catch {
    return value ?? "";
  }
}
