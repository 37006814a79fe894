import { isDynamic } from "./path_pattern.ts";
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

/** Whether a route can handle a method. */
export function isMethod(method: string): method is Method {
  return (METHODS as readonly string[]).includes(method);
}

/** The match of a path. */
export interface Match<Item> {
  pattern: string;
  params: Record<string, string>;
  /** The item for the method, or undefined. */
  item: Item | undefined;
  /** The methods that are handled. */
  allowed: string[];
}

/** Finds the item for a method and a path. */
export interface Router<Item> {
  /** Adds `item` for a method and a pattern; the first one added for both wins. */
  add(method: Method, pattern: string, item: Item): void;
  /**
   * Returns the match of a URL, or undefined.
   *
   * @throws {URIError} If a parameter's percent encoding is malformed.
   */
  match(method: string, url: URL): Match<Item> | undefined;
}

interface Entry<Item> {
  pattern: string;
  byMethod: Map<string, Item>;
}

/**
 * Creates a router without routes. Static patterns win over dynamic ones, and also match with a trailing slash.
 * Among dynamic patterns the first one added wins.
 */
export function createRouter<Item>(): Router<Item> {
  const entries = new Map<string, Entry<Item>>();
  const dynamic: (Entry<Item> & { matcher: URLPattern })[] = [];

  function add(method: Method, pattern: string, item: Item): void {
    let entry = entries.get(pattern);
    if (entry === undefined) {
      entry = { pattern, byMethod: new Map() };
      entries.set(pattern, entry);
      if (isDynamic(pattern)) {
        const matcher = new URLPattern({ pathname: pattern });
        dynamic.push({ ...entry, pattern: matcher.pathname, matcher });
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

  function match(method: string, url: URL): Match<Item> | undefined {
    const entry = findStatic(url.pathname);
    if (entry !== undefined) return result(entry, method, {});

    for (const entry of dynamic) {
      const found = entry.matcher.exec(url);
      if (found === null) continue;
      // As on the published framework, a known method without a handler gets empty parameters.
      const unhandled = isMethod(method) && result(entry, method, {}).item === undefined;
      return result(entry, method, unhandled ? {} : decoded(found.pathname.groups));
    }
    return undefined;
  }

  return { add, match };
}

function result<Item>(
  { pattern, byMethod }: Entry<Item>,
  method: string,
  params: Record<string, string>,
): Match<Item> {
  const item = byMethod.get(method) ??
    (method === "HEAD" ? byMethod.get("GET") : undefined);
  return { pattern, params, item, allowed: [...byMethod.keys()] };
}

/** Returns parameters as text; an omitted one is empty. */
function decoded(groups: Record<string, string | undefined>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(groups).map(([name, value]) => [name, decodeURI(value ?? "")]),
  );
}
