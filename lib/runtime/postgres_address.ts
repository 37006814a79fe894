import { decodePercent, type HostAndPort, parseCredentials, parseHost } from "./server_address.ts";

/** The address of a Postgres, with credentials and connection parameters. */
export interface PostgresAddress {
  /** In the order in which they are tried; the first that takes writes is used. Empty with `folder`. */
  hosts: HostAndPort[];
  /** The path of a Unix socket. */
  path: string | null;
  user: string | null;
  password: string | null;
  database: string | null;
  tls: PostgresTls | null;
  /** Whether there is a pooler in transaction mode, where sessions end with each transaction. */
  pooled: boolean;
  /** Further parameters, sent at the start of each session. */
  parameters: Record<string, string>;
}

/** As libpq's `sslmode`; the others are paths of PEM files, null: the system's, or none. */
export interface PostgresTls {
  mode: "prefer" | "require" | "verify-ca" | "verify-full";
  rootCert: string | null;
  cert: string | null;
  key: string | null;
}

const PORT = 5432;
const MODES = ["disable", "allow", "prefer", "require", "verify-ca", "verify-full"];

/**
 * Parses a Postgres URL as libpq does: `postgres://user:password@host1:5432,host2/database`, or
 * `postgres:///database?host=/folder` for a Unix socket, with `sslmode`, `sslrootcert`, `sslcert` and
 * `sslkey`. `pgbouncer=true` is for a pooler in transaction mode. Throws a `RangeError` that repeats
 * nothing of the address.
 */
export function parsePostgresAddress(text: string): PostgresAddress {
  const [, rest] = /^postgres(?:ql)?:\/\/(.*)$/s.exec(text) ?? [];
  if (rest === undefined) {
    throw new RangeError("must be a Postgres address such as postgres://host");
  }
  const end = rest.lastIndexOf("@");
  const [user, password] = parseCredentials(end === -1 ? "" : rest.slice(0, end));
  const [, places = "", database = "", query = ""] =
    /^([^/?]*)(?:\/([^?]*))?(?:\?(.*))?$/s.exec(rest.slice(end + 1)) ?? [];
  const parameters = Object.fromEntries(new URLSearchParams(query));
  const take = (name: string): string | null => {
    const value = parameters[name] ?? null;
    delete parameters[name];
    return value || null;
  };
  const host = take("host");
  const ports = (take("port") ?? "").split(",");
  const pooled = take("pgbouncer") === "true";
  const isFolder = host?.startsWith("/") === true;
  const hosts = (host ?? (places || "localhost")).split(",").map((place, i) =>
    parseHost(place || "localhost", Number((ports[i] ?? ports[0]) || PORT))
  );
  return {
    hosts: isFolder ? [] : hosts,
    path: isFolder ? `${host}/.s.PGSQL.${ports[0] || places.split(":")[1] || PORT}` : null,
    user: user ?? take("user"),
    password: password ?? take("password"),
    database: decodePercent(database) || take("dbname"),
    tls: tlsOf(take),
    pooled,
    parameters,
  };
}

function tlsOf(take: (name: string) => string | null): PostgresTls | null {
  const [rootCert, cert, key] = [take("sslrootcert"), take("sslcert"), take("sslkey")];
  const given = take("sslmode") ?? take("ssl");
  const mode = given ?? (rootCert === null ? "disable" : "verify-full");
  if (!MODES.includes(mode)) throw new RangeError(`must have an sslmode of ${MODES.join(", ")}`);
  if (mode === "disable") return null;
  const files = { rootCert: rootCert === "system" ? null : rootCert, cert, key };
  switch (mode) {
    case "verify-ca":
    case "verify-full":
      return { mode, ...files };
    case "require":
      // As in libpq, naming a CA implies verification.
      return { mode: rootCert === null ? "require" : "verify-ca", ...files };
    default:
      return { mode: "prefer", ...files };
  }
}
