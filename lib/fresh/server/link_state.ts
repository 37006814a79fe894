/**
 * The attributes that mark a link to the page at `pathname`, or to a folder above it, for styles
 * and for screen readers; none for other links.
 */
export function linkState(href: unknown, pathname: string): Record<string, string> {
  if (typeof href !== "string" || !/^\/(?!\/)/.test(href)) return {};
  const target = withoutSlash(href.replace(/[?#].*$/, ""));
  const here = withoutSlash(pathname);
  if (target === here) return { "data-current": "true", "aria-current": "page" };
  const above = target === "/" || here.startsWith(`${target}/`);
  return above ? { "data-ancestor": "true", "aria-current": "true" } : {};
}

function withoutSlash(pathname: string): string {
  return pathname.length > 1 && pathname.endsWith("/") ? pathname.slice(0, -1) : pathname;
}
