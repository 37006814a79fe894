import type { AddressSet } from "../runtime/addresses.ts";
import { clientNetwork } from "./client_network.ts";
import { NOT_FORWARDED, readForwarded } from "./forwarded_headers.ts";

/** The client of a request and the address it requested, as far as they can be trusted. */
export interface Client {
  /** An IPv4 address, the network of an IPv6 one, or `local` for a Unix socket. */
  readonly address: string;
  /** Host and port as the browser knows them. */
  readonly host: string;
  readonly scheme: "http" | "https";
  /** Whether the request came from a proxy whose headers count. */
  readonly viaTrustedProxy: boolean;
  /** Whether it was sent over HTTP/1.0, the default of nginx. */
  readonly isHttp10: boolean;
}

/** The configuration of the proxies in front of a deployment. */
export interface ProxyConfig {
  readonly trustedProxies: AddressSet;
  readonly publicUrls: readonly URL[];
}

/**
 * Determines the client of a request. Forwarded headers count only from trusted proxies: the client is the last
 * address in the chain that is not a trusted proxy, since each proxy appends the address it sees and the client can
 * forge everything before.
 */
export function readClient(
  request: Request,
  info: Deno.ServeHandlerInfo,
  isHttp10: boolean,
  { trustedProxies, publicUrls }: ProxyConfig,
): Client {
  const url = new URL(request.url);
  const peer = "hostname" in info.remoteAddr ? info.remoteAddr.hostname : "local";
  const viaTrustedProxy = trustedProxies.has(peer);
  const forwarded = viaTrustedProxy ? readForwarded(request.headers) : NOT_FORWARDED;
  const chain = [...forwarded.chain, peer];
  const sender = chain.findLast((address) => !trustedProxies.has(address)) ?? chain[0] ?? peer;
  const host = forwarded.host ?? url.host;
  const isPublicByTls = publicUrls.some((known) =>
    known.host === host && known.protocol === "https:"
  );
  return {
    address: sender === "local" ? sender : clientNetwork(sender),
    host,
    scheme: isPublicByTls
      ? "https"
      : forwarded.scheme ?? (url.protocol === "https:" ? "https" : "http"),
    viaTrustedProxy,
    isHttp10,
  };
}

/** Headers that only proxies send, not programs or browsers. */
const PROXY_HEADERS = [
  "forwarded",
  "x-forwarded-for",
  "x-forwarded-host",
  "x-forwarded-proto",
  "x-forwarded-server",
  "x-forwarded-port",
  "x-original-host",
  "x-real-ip",
  "true-client-ip",
  "cf-connecting-ip",
  "via",
];

/** Clients that keep connections alive unless a proxy in between closes them. */
const KEEPS_OPEN = /^(Mozilla|curl|Wget)\//;

/**
 * Detects whether a request came through a proxy. nginx adds no header by default, but it uses HTTP/1.0 and closes its
 * connections, which no browser does.
 */
export function wasForwarded(
  { headers }: Pick<Request, "headers">,
  { isHttp10 }: Pick<Client, "isHttp10">,
): boolean {
  if (isHttp10 || PROXY_HEADERS.some((name) => headers.has(name))) return true;
  return headers.get("connection")?.toLowerCase() === "close" &&
    KEEPS_OPEN.test(headers.get("user-agent") ?? "");
}
