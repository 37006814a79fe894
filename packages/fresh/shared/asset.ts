import { getBuildId } from "./build_id.ts";

/** The search parameter that ties a static file's URL to one build. */
export const CACHE_KEY = "__frsh_c";

/**
 * Returns the path of a static file with the build's id in it, so that it can be cached forever. Paths that
 * are not absolute on this origin, or already have the key, are returned unchanged.
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

/**
 * Applies {@linkcode asset} to each URL of a `srcset` attribute. A value with functions or an empty candidate
 * is returned unchanged.
 */
export function assetSrcSet(srcset: string): string {
  const candidates = srcset.split(",");
  if (srcset.includes("(") || candidates.some((each) => each.trim() === "")) return srcset;
  return candidates
    .map((candidate) => candidate.replace(/^(\s*)(\S+)/, (_, space, url) => space + asset(url)))
    .join(",");
}
