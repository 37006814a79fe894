import { isIP } from "node:net";
import type { AddressSet } from "../runtime/addresses.ts";
import { foldAddress } from "./address.ts";

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
 * Determines the client of a request. `X-Forwarded-For`, `-Proto`, `-Host` and `Forwarded` (RFC 7239) count
 * only from trusted proxies: the client is the last address in the chain that is not a trusted proxy, since
 * each proxy appends the address it sees and the client can forge everything before. `Forwarded` is read
 * only when there is no `X-Forwarded-*` header, since proxies forward the kind that they do not set.
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
  const forwarded = viaTrustedProxy ? readForwarded(request.headers) : NOTHING;
  const chain = [...forwarded.chain, peer];
  const sender = chain.findLast((address) => !trustedProxies.has(address)) ?? chain[0] ?? peer;
  const host = forwarded.host ?? url.host;
  const isPublicByTls = publicUrls.some((known) =>
    known.host === host && known.protocol === "https:"
  );
  return {
    address: sender === "local" ? sender : foldAddress(sender),
    host,
    scheme: isPublicByTls
      ? "https"
      : forwarded.scheme ?? (url.protocol === "https:" ? "https" : "http"),
    viaTrustedProxy,
    isHttp10,
  };
}

/** The headers of the proxies; the chain of addresses excludes the nearest proxy's. */
interface Forwarded {
  chain: string[];
  host: string | null;
  scheme: Client["scheme"] | null;
}

const NOTHING: Forwarded = { chain: [], host: null, scheme: null };

function readForwarded(headers: Headers): Forwarded {
  const names = ["x-forwarded-for", "x-forwarded-proto", "x-forwarded-host"] as const;
  if (names.some((name) => headers.has(name))) {
    const [addresses, schemes, hosts] = names.map((name) => listed(headers.get(name)));
    return {
      chain: addressesOf(addresses ?? []),
      host: asHost(hosts?.at(-1)),
      scheme: asScheme(schemes?.at(-1)),
    };
  }
  const hops = listed(headers.get("forwarded")).map((hop) =>
    new Map(
      hop.split(";").map((pair): [string, string] => {
        const [name = "", value = ""] = pair.split("=", 2);
        return [name.trim().toLowerCase(), value.trim().replace(/^"(.*)"$/, "$1")];
      }),
    )
  );
  return {
    chain: addressesOf(hops.flatMap((hop) => hop.get("for") ?? [])),
    host: asHost(hops.at(-1)?.get("host")),
    scheme: asScheme(hops.at(-1)?.get("proto")),
  };
}

function listed(header: string | null): string[] {
  return (header ?? "").split(",").map((entry) => entry.trim()).filter((entry) => entry !== "");
}

/** The addresses at the end of a chain; entries before an invalid one cannot be trusted. */
function addressesOf(entries: string[]): string[] {
  const addresses: string[] = [];
  for (const entry of entries.toReversed()) {
    const address = /^\[([^\]]+)\](?::\d+)?$/.exec(entry)?.[1] ??
      (isIP(entry) ? entry : entry.replace(/:\d+$/, ""));
    if (isIP(address) === 0) break;
    addresses.unshift(address);
  }
  return addresses;
}

function asHost(text: string | undefined): string | null {
  return text !== undefined && /^(\[[\da-f:.]+\]|[\w.-]+)(:\d+)?$/i.test(text)
    ? text.toLowerCase()
    : null;
}

function asScheme(text: string | undefined): Client["scheme"] | null {
  const scheme = text?.toLowerCase();
  return scheme === "https" || scheme === "http" ? scheme : null;
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
