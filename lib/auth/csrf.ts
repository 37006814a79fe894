import type { Client } from "./client.ts";

/** Whether a request's method may change state. */
export function isChange(request: Request): boolean {
  return !["GET", "HEAD", "OPTIONS"].includes(request.method);
}

/** Whether a request is a WebSocket handshake. */
export function isUpgrade(request: Request): boolean {
  return request.headers.get("upgrade")?.toLowerCase() === "websocket";
}

/**
 * Whether a request is same-origin or not from a page (CSRF): browsers send headers that pages
 * cannot forge; other programs do not send them.
 */
export function isSameOrigin(
  { headers }: Pick<Request, "headers">,
  { host }: Pick<Client, "host">,
  publicUrls: readonly URL[],
): boolean {
  const origin = headers.get("origin");
  if (origin !== null && origin !== "null") {
    if (publicUrls.some((url) => url.origin === origin)) return true;
    return URL.canParse(origin) && new URL(origin).host === host;
  }
  const site = headers.get("sec-fetch-site");
  if (site === null) return origin === null;
  return site === "same-origin" || site === "none";
}

/**
 * Whether a request is a cross-site subresource of another page: an image, a script, a `fetch`, a frame.
 * Programs and older browsers send no such header, and are accepted.
 */
export function isForeignFetch(request: Request): boolean {
  const { headers } = request;
  const site = headers.get("sec-fetch-site");
  if (site === null || site === "same-origin" || site === "none") return false;
  const opensPage = headers.get("sec-fetch-mode") === "navigate" &&
    headers.get("sec-fetch-dest") === "document";
  return !opensPage;
}
