import { type Context, csp } from "fresh";
import { BASE_HEADERS, securityHeaders } from "../auth/content_security_policy.ts";
import { isLocalHost } from "../auth/allowed_host.ts";
import { isUpgrade } from "../auth/csrf.ts";
import { below, withoutBase } from "../dashboard/shell/base_path.ts";
import type { AuthorizedRequest } from "./authorized_request.ts";

const SWITCHING_PROTOCOLS = 101;
const HSTS_SECONDS = 365 * 24 * 3_600;

/** Middleware: the security headers of every response, files included. A handshake's response is not replaced. */
export async function setBaseHeaders<State>(ctx: Context<State>): Promise<Response> {
  const response = await ctx.next();
  if (response.status === SWITCHING_PROTOCOLS) return response;
  for (const [name, value] of BASE_HEADERS) response.headers.set(name, value);
  return response;
}

/**
 * Middleware: the security headers of pages and endpoints: the Content-Security-Policy with the page's nonce,
 * no caching, redirects that stay below the base path, and HSTS on TLS.
 */
export async function setPageHeaders<State extends AuthorizedRequest>(
  ctx: Context<State>,
): Promise<Response> {
  if (isUpgrade(ctx.req) && withoutBase(ctx.url.pathname).startsWith("/ws/")) {
    return await ctx.next();
  }
  const response = await csp<State>({ useNonce: true })(ctx);
  const { headers } = response;
  // The framework's policy has the page's nonce; the rest of it is not strict enough, and it makes browsers
  // upgrade requests to https, which a node on a plain address does not serve.
  const policy = headers.get("content-security-policy") ?? "";
  const nonce = /'nonce-([^']+)'/.exec(policy)?.[1] ?? null;
  const development = ctx.config.mode === "development";
  for (const [name, value] of securityHeaders({ nonce, development })) headers.set(name, value);
  const location = headers.get("location");
  if (location !== null) headers.set("location", below(location));
  if (!headers.has("cache-control")) headers.set("cache-control", "no-store");
  const { scheme, host } = ctx.state.client;
  if (scheme === "https" && !isLocalHost(host)) {
    headers.set("strict-transport-security", `max-age=${HSTS_SECONDS}`);
  }
  return response;
}
