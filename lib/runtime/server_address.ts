/** The address of one server. */
export interface HostAndPort {
  host: string;
  port: number;
}

/** Parses `host`, `host:port` or `[IPv6]:port`. Throws a `RangeError` for anything else. */
export function parseHost(place: string, defaultPort: number): HostAndPort {
  const [, host = "", port] = /^(\[[^\]]+\]|[^:]+)(?::(\d{1,5}))?$/.exec(place) ?? [];
  if (host === "") throw new RangeError("must name each host as host or host:port");
  return {
    host: host.replace(/^\[|\]$/g, ""),
    port: port === undefined ? defaultPort : Number(port),
  };
}

/** Parses `user:password` or `user`, percent-encoded; null for what is missing. An empty user counts as missing. */
export function parseCredentials(credentials: string): [string | null, string | null] {
  const at = credentials.indexOf(":");
  if (at === -1) return [decodePercent(credentials) || null, null];
  return [
    decodePercent(credentials.slice(0, at)) || null,
    decodePercent(credentials.slice(at + 1)),
  ];
}

/** Decodes percent-encoding and leaves any other `%` unchanged. */
export function decodePercent(text: string): string {
  try {
    return decodeURIComponent(text.replace(/%(?![0-9a-f]{2})/gi, "%25"));
  } catch {
    return text;
  }
}
