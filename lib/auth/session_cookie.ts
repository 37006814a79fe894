import { IDLE_DAYS } from "../database/session_expiry.ts";
import type { Client } from "./client.ts";

const NAME = "millrace_session";
const KEPT_SECONDS = IDLE_DAYS * 24 * 3_600;

/** The scope of the cookie. */
export interface CookieScope {
  /** Whether the browser uses TLS, including when a proxy terminates it. */
  readonly secure: boolean;
  /** The base path of the application, or empty. */
  readonly basePath: string;
}

export function cookieScope({ scheme }: Pick<Client, "scheme">, basePath: string): CookieScope {
  return { secure: scheme === "https", basePath };
}

/**
 * The name has a prefix where browsers allow one: they accept `__Host-` only over TLS, for this host and
 * its root path, and `__Secure-` only over TLS, so other sites of the domain cannot set the cookie.
 */
function nameFor({ secure, basePath }: CookieScope): string {
  if (!secure) return NAME;
  return basePath === "" ? `__Host-${NAME}` : `__Secure-${NAME}`;
}

/** The session key that a browser sends, or null. */
export function readSessionCookie(request: Request, scope: CookieScope): string | null {
  const wanted = nameFor(scope);
  for (const pair of request.headers.get("cookie")?.split(";") ?? []) {
    const [name, value] = pair.trim().split("=", 2);
    if (name === wanted && value !== undefined && value !== "") return value;
  }
  return null;
}

/** A `Set-Cookie` that stores a session key: `HttpOnly`, and not sent by other sites (CSRF). */
export function setSessionCookie(key: string, scope: CookieScope): string {
  return cookie(key, KEPT_SECONDS, scope);
}

/** A `Set-Cookie` that deletes the session key. */
export function clearSessionCookie(scope: CookieScope): string {
  return cookie("", 0, scope);
}

function cookie(value: string, maxAge: number, scope: CookieScope): string {
  const secure = scope.secure ? "; Secure" : "";
  const path = scope.basePath || "/";
  return `${
    nameFor(scope)
  }=${value}; Path=${path}; Max-Age=${maxAge}; HttpOnly; SameSite=Strict${secure}`;
}
