import { BlockList, isIP } from "node:net";

const LOOPBACK = ["127.0.0.1", "localhost", "::1", "[::1]"];

/** Whether an address is a loopback address. */
export function isLoopback(hostname: string): boolean {
  return LOOPBACK.includes(hostname) || /^127(\.\d{1,3}){3}$/.test(hostname);
}

/** A set of IP addresses and networks. */
export interface AddressSet {
  readonly size: number;
  has(address: string): boolean;
}

/**
 * Parses IP addresses and networks in CIDR notation, such as `10.0.0.0/8` or `::1`. Throws a
 * `RangeError` that names the invalid entry.
 */
export function parseAddresses(entries: readonly string[]): AddressSet {
  const list = new BlockList();
  for (const entry of entries) {
    const [address = "", prefix, ...rest] = entry.split("/");
    const version = isIP(address);
    const bits = prefix === undefined ? null : Number(/^\d{1,3}$/.exec(prefix)?.[0] ?? NaN);
    const most = version === 6 ? 128 : 32;
    if (version === 0 || rest.length > 0 || bits !== null && !(bits <= most)) {
      throw new RangeError(`"${entry}" is neither an IP address nor a network such as 10.0.0.0/8`);
    }
    const family = version === 6 ? "ipv6" : "ipv4";
    if (bits === null) list.addAddress(address, family);
    else list.addSubnet(address, bits, family);
  }
  return {
    size: entries.length,
    has(address) {
      const version = isIP(address);
      return version !== 0 && list.check(address, version === 6 ? "ipv6" : "ipv4");
    },
  };
}
