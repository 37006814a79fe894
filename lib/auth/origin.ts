import { isLoopback } from "../runtime/config.ts";

/** Whether a request may change something, as far as its method says. */
export function isChange(request: Request): boolean {
  return !["GET", "HEAD", "OPTIONS"].includes(request.method);
}

/** Whether a request asks for a WebSocket. */
export function isUpgrade(request: Request): boolean {
  return request.headers.get("upgrade")?.toLowerCase() === "websocket";
}

/** Whether a request names this machine as its host. Another name is a page's that was rebound to it. */
export function hasLocalHost(request: Request): boolean {
  const { hostname } = new URL(request.url);
  return isLoopback(hostname) || hostname.endsWith(".localhost");
}

/**
 * Whether a request comes from a page of this very origin, or from no page at all: browsers say where
 * a request comes from and do not let pages lie about it; other programs say nothing.
 */
export function isSameOrigin(request: Request): boolean {
  const origin = request.headers.get("origin");
  if (origin !== null && origin !== "null") {
    return URL.canParse(origin) && new URL(origin).host === new URL(request.url).host;
  }
  const site = request.headers.get("sec-fetch-site");
  if (site === null) return origin === null;
  return site === "same-origin" || site === "none";
}
