/** A base for resolving paths: one that leads to another origin changes it. */
const BASE = new URL("http://own.invalid/");

/**
 * Returns a same-origin path that is safe in a `Location` header: percent-encoded, without control
 * characters; "/" for any other input. Prevents open redirects.
 */
export function safeRedirectPath(path: unknown): string {
  if (typeof path !== "string" || !path.startsWith("/") || !URL.canParse(path, BASE)) return "/";
  const { origin, pathname, search, hash } = new URL(path, BASE);
  // A path with two leading slashes would name a host.
  return origin === BASE.origin && !pathname.startsWith("//") ? pathname + search + hash : "/";
}
