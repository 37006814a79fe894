import { isForeignFetch, isUpgrade } from "../auth/csrf.ts";
import { METHODS } from "./allowed_methods.ts";

/** Why a request is rejected before any route. */
export interface Fault {
  status: 400 | 403 | 405 | 414;
  message: string;
  headers?: Record<string, string>;
}

/** The maximum length of a request target. */
const MAX_URL_LENGTH = 8 * 1024;
/** The syntax of a host: a name, an IPv4 or a bracketed IPv6 address, and a port. */
const HOST = /^(?:[a-z0-9._~!$&'()*+,;=%-]+|\[[0-9a-f:.]+\])(?::\d{0,5})?$/i;
/** 16 bytes in base64, RFC 6455. */
const SOCKET_KEY = /^[A-Za-z0-9+/]{22}==$/;

/** Returns the first error in a request's method, target, host or WebSocket handshake, or null. */
export function findFault(request: Request): Fault | null {
  if (!METHODS.some((method) => method === request.method)) {
    const allow = METHODS.join(", ");
    return { status: 405, message: `The method must be one of ${allow}`, headers: { allow } };
  }
  const url = readUrl(request);
  if (url === null || !HOST.test(request.headers.get("host") ?? url.host)) {
    return { status: 400, message: "The address or the Host header is malformed" };
  }
  if (url.href.length > MAX_URL_LENGTH) {
    return { status: 414, message: `The address is longer than ${MAX_URL_LENGTH} characters` };
  }
  if (!isDecodable(url.pathname)) {
    return { status: 400, message: "The path has a malformed % sequence" };
  }
  if (isUpgrade(request) && !isHandshake(request)) {
    return { status: 400, message: "The WebSocket handshake is malformed" };
  }
  if (isForeignFetch(request)) {
    return { status: 403, message: "The request comes from a page of another site" };
  }
  return null;
}

/** Returns the URL of a request, or null if target and host form none. */
export function readUrl(request: Request): URL | null {
  try {
    return new URL(request.url);
  } catch {
    // The runtime assembles the URL lazily from the raw parts.
    return null;
  }
}

function isDecodable(pathname: string): boolean {
  try {
    decodeURIComponent(pathname);
    return true;
  } catch {
    return false;
  }
}

function isHandshake({ method, headers }: Request): boolean {
  return method === "GET" &&
    /(?:^|,)\s*upgrade\s*(?:,|$)/i.test(headers.get("connection") ?? "") &&
    headers.get("sec-websocket-version") === "13" &&
    SOCKET_KEY.test(headers.get("sec-websocket-key") ?? "");
}
