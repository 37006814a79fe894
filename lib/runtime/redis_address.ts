/** The address of a Redis, with credentials. */
export interface RedisAddress {
  /** The hosts of the server or of its sentinels. Empty with `path`. */
  hosts: { host: string; port: number }[];
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
  const [, scheme = "", credentials, places = "", path = "", query = ""] =
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
  const [username, password] = signIn(credentials);
  return {
    hosts: isSocket
      ? []
      : places.split(",").map((place) => hostOf(place, isSentinel ? SENTINEL_PORT : PORT)),
    path: isSocket ? decode(path) : null,
    service: isSentinel ? decode(parts[0]!) : null,
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

function hostOf(place: string, fallback: number): { host: string; port: number } {
  const [, host = "", port] = /^(\[[^\]]+\]|[^:]+)(?::(\d{1,5}))?$/.exec(place) ?? [];
  if (host === "") throw new RangeError("must name each host as host or host:port");
  return { host: host.replace(/^\[|\]$/g, ""), port: port === undefined ? fallback : Number(port) };
}

function signIn(credentials: string | undefined): [string | null, string | null] {
  if (credentials === undefined) return [null, null];
  const at = credentials.indexOf(":");
  if (at === -1) return [decode(credentials) || null, null];
  return [decode(credentials.slice(0, at)) || null, decode(credentials.slice(at + 1))];
}

/** Decodes percent-encoding and leaves any other `%` unchanged. */
function decode(text: string): string {
  try {
    return decodeURIComponent(text.replace(/%(?![0-9a-f]{2})/gi, "%25"));
  } catch {
    return text;
  }
}
