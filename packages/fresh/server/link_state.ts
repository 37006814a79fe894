/**
 * Returns the attributes that mark a link to the page at `url`, or to a folder above it, for styles and
 * screen readers. A link with a query matches only a page with the same query. Links with `aria-current`, or
 * that do not start with a slash, are not changed.
 */
export function linkState(
  props: Record<string, unknown>,
  url: Pick<URL, "pathname" | "search">,
): Record<string, string> {
  const { href } = props;
  if (typeof href !== "string" || !href.startsWith("/")) return {};
  if (props["aria-current"] !== undefined) return {};

  const { pathname, search } = new URL(href, "http://link.invalid");
  const target = withoutSlash(pathname);
  const here = withoutSlash(url.pathname);
  if (target === here && (search === "" || search === url.search)) {
    return { "data-current": "true", "aria-current": "page" };
  }
  const above = target === here || target === "/" || here.startsWith(`${target}/`);
  return above ? { "data-ancestor": "true", "aria-current": "true" } : {};
}

function withoutSlash(pathname: string): string {
  return pathname.length > 1 && pathname.endsWith("/") ? pathname.slice(0, -1) : pathname;
}
