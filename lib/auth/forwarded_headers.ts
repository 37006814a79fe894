import { isIP } from "node:net";

/** The headers of the proxies; the chain of addresses excludes the nearest proxy's. */
export interface Forwarded {
  chain: string[];
  host: string | null;
  scheme: "http" | "https" | null;
}

export const NOT_FORWARDED: Forwarded = { chain: [], host: null, scheme: null };

/**
 * Reads `X-Forwarded-For`, `-Proto` and `-Host`, or `Forwarded` (RFC 7239) if none of them is present, since proxies
 * pass on the kind that they do not set. For requests from trusted proxies only.
 */
export function readForwarded(headers: Headers): Forwarded {
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

function asScheme(text: string | undefined): Forwarded["scheme"] {
  const scheme = text?.toLowerCase();
  return scheme === "https" || scheme === "http" ? scheme : null;
}
