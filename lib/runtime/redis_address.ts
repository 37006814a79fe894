import { decodePercent, type HostAndPort, parseCredentials, parseHost } from "./server_address.ts";

/** The address of a Redis, with credentials. */
export interface RedisAddress {
  /** The hosts of the server or of its sentinels. Empty with `path`. */
  hosts: HostAndPort[];
  /** The path of a Unix socket. */
  path: string | null;
  /** The name under which sentinels know the primary; null: `hosts` are not sentinels. */
  service: string | null;
  username: string | null;
  password: string | null;
  /** The number of the database. */
  database: number;
  tls: boolean;
}

const SCHEMES = ["redis", "rediss", "unix", "redis+sentinel", "rediss+sentinel"];
const SENTINEL_PORT = 26379;
const PORT = 6379;

/**
 * Parses a Redis address:
 *
 * - `redis://user:password@host:6379/3`, `rediss://…` for TLS;
 * - `unix:///run/redis/redis.sock?db=3`;
 * - `redis+sentinel://user:password@host1:26379,host2,host3/name/3`, where user and password are for the
 *   primary, and for the sentinels if they require one.
 *
 * Throws a `RangeError` that repeats nothing of the address.
 */
export function parseRedisAddress(text: string): RedisAddress {
  const [, scheme = "", credentials = "", places = "", path = "", query = ""] =
    /^([a-z+]+):\/\/(?:(.*)@)?([^/?@]*)(\/[^?]*)?(?:\?(.*))?$/.exec(text) ?? [];
  if (!SCHEMES.includes(scheme)) {
    throw new RangeError("must be a Redis address such as redis://host");
  }
  const parts = path.split("/").slice(1);
  const isSocket = scheme === "unix";
  const isSentinel = scheme.endsWith("+sentinel");
  const database = new URLSearchParams(query).get("db") ??
    (isSocket ? null : parts[isSentinel ? 1 : 0]) ?? "";
  if (!/^\d*$/.test(database)) throw new RangeError("must name its database by a number");
  if (isSocket ? path === "" : places === "") throw new RangeError("must name a host or a socket");
  if (isSentinel && !parts[0]) {
    throw new RangeError(
      "must name the primary after the sentinels, as redis+sentinel://host/name",
    );
  }
  const [username, password] = parseCredentials(credentials);
  return {
    hosts: isSocket
      ? []
      : places.split(",").map((place) => parseHost(place, isSentinel ? SENTINEL_PORT : PORT)),
    path: isSocket ? decodePercent(path) : null,
    service: isSentinel ? decodePercent(parts[0]!) : null,
    username,
    password,
    database: Number(database),
    tls: scheme.startsWith("rediss"),
  };
}

/** Returns the address without user and password. */
export function describeRedisAddress({ hosts, path }: RedisAddress): string {
  return path ?? hosts.map(({ host, port }) => `${host}:${port}`).join(", ");
}
