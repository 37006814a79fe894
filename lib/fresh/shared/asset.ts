import { getBuildId } from "./build_id.ts";

/** The search parameter that ties a static file's URL to one build. */
export const CACHE_KEY = "__frsh_c";

/**
 * The path of a static file with the build's id in it, so that it may be cached for good. Paths
 * that are not absolute on this origin, or have the key already, come back as they are.
 */
export function asset(path: string): string {
  if (!path.startsWith("/") || path.startsWith("//")) return path;
  const base = "https://asset.invalid";
  if (!URL.canParse(path, base)) return path;
  const url = new URL(path, base);
  if (url.origin !== base || url.searchParams.has(CACHE_KEY)) return path;
  url.searchParams.set(CACHE_KEY, getBuildId());
  return url.pathname + url.search + url.hash;
}
