import { z } from "zod";
import { parseAddresses } from "./addresses.ts";
import { CHAT_HOSTS, parseAlertHosts } from "./alert_hosts.ts";
import { parseBasePath } from "./parse_base_path.ts";
import { parseRedisAddress } from "./redis_address.ts";
import { parsePostgresAddress } from "./postgres_address.ts";
import { parseProxyRoles } from "./proxy_roles.ts";

/** An environment variable: its schema and its documentation. */
export interface Variable<Default extends string | null, Schema extends z.ZodType> {
  readonly section: "server" | "storage" | "access" | "proxy" | "running";
  /** Used when the variable is unset or empty; null: the value is null then. */
  readonly default: Default;
  /** A secret can also be set by `NAME_FILE`, a file that contains it, and is never shown. */
  readonly secret: boolean;
  /** Its description for the documents, a phrase in Markdown. */
  readonly what: string;
  readonly schema: Schema;
}

function variable<const Default extends string | null, Schema extends z.ZodType<unknown, string>>(
  section: Variable<Default, Schema>["section"],
  fallback: Default,
  what: string,
  schema: Schema,
): Variable<Default, Schema> {
  return { section, default: fallback, secret: false, what, schema };
}

const secret: typeof variable = (...given) => ({ ...variable(...given), secret: true });

/** A text that a parser reads, which throws what is wrong with it. */
const address = (parse: (text: string) => unknown) =>
  z.string().superRefine((value, context) => {
    try {
      parse(value);
    } catch (error) {
      context.addIssue(error instanceof Error ? error.message : String(error));
    }
  });

const MIN_TOKEN = 16;

/** A token is sent in a header, so it consists of characters that are safe in headers. */
const token = z.string()
  .regex(/^[\x21-\x7e]*$/, { error: "must hold visible ASCII characters only, without spaces" })
  .min(MIN_TOKEN, { error: `must have at least ${MIN_TOKEN} characters` });

function wholeNumber(least: number, most: number) {
  const error = `must be a whole number from ${least} to ${most}`;
  return z.string().regex(/^\d{1,9}$/, { error }).transform(Number).pipe(
    z.int().min(least, { error }).max(most, { error }),
  );
}

const oneOf = <const T extends string>(...values: T[]) =>
  z.enum(values, { error: (issue) => `must be one of ${values.join(", ")}, not "${issue.input}"` });

/** Entries separated by commas or whitespace. */
const list = z.string().transform((text) => text.split(/[\s,]+/).filter((entry) => entry !== ""));

/** A schema for a list that a throwing parser converts. */
const parsed = <Out>(parse: (entries: string[]) => Out) =>
  z.array(z.string()).transform((input, context): Out => {
    try {
      return parse(input);
    } catch (error) {
      context.addIssue(`is invalid: ${error instanceof Error ? error.message : error}`);
      return z.NEVER;
    }
  });

const headerName = z.string().regex(/^[\w!#$%&'*+.^`|~-]+$/, { error: "must be a header's name" })
  .toLowerCase();

function parsePublicUrls(entries: string[]): URL[] {
  return entries.map((entry) => {
    const found = URL.parse(entry);
    if (found === null || !/^https?:$/.test(found.protocol) || found.search || found.hash) {
      throw new RangeError(
        `"${entry}" is not a valid address; use for example https://millrace.example`,
      );
    }
    if (found.username || found.password) {
      throw new RangeError("an address must not contain a password");
    }
    return found;
  });
}

/** Every environment variable, in the order of the documents. */
export const VARIABLES = {
  PORT: variable(
    "server",
    "8000",
    "the port to serve on; 0 takes any free port",
    wholeNumber(0, 65535),
  ),
  LISTEN: variable(
    "server",
    "127.0.0.1",
    "the address to serve on; one that other machines can reach needs tokens",
    z.string(),
  ),
  ROLE: variable(
    "server",
    "all",
    "`all`, `web` (pages and intake only) or `worker` (processing only)",
    oneOf("all", "web", "worker"),
  ),
  DATABASE_URL: secret(
    "storage",
    null,
    "`postgres://user:password@host1,host2/database?sslmode=verify-full&sslrootcert=ca.pem`, or `postgres:///database?host=/run/postgresql`; `pgbouncer=true` for a pooler in transaction mode; unset: the embedded PGlite under `DATA_DIR`",
    address(parsePostgresAddress),
  ),
  REDIS_URL: secret(
    "storage",
    null,
    "`redis://user:password@host:6379/0`, `rediss://` for TLS, `unix:///run/redis.sock?db=0`, or `redis+sentinel://host1,host2,host3/name`; unset: the queue lives in this process and is rebuilt from Postgres",
    address(parseRedisAddress),
  ),
  REDIS_CA: variable(
    "storage",
    null,
    "a PEM file of the certificate authorities for `rediss:`; unset: the system's",
    z.string(),
  ),
  REDIS_CERT: variable(
    "storage",
    null,
    "a PEM file of this node's client certificate for `rediss:`",
    z.string(),
  ),
  REDIS_KEY: variable(
    "storage",
    null,
    "a PEM file of the private key of `REDIS_CERT`",
    z.string(),
  ),
  REDIS_PREFIX: variable(
    "storage",
    "",
    "the prefix of every key and channel; `{millrace}:` for Redis Cluster",
    z.string(),
  ),
  DATA_DIR: variable(
    "storage",
    "./data",
    "the embedded database, and the names of this machine's nodes",
    z.string(),
  ),
  ADMIN_TOKEN: secret(
    "access",
    null,
    "the admin's token, at least 16 characters; entered at the sign-in page, or sent as `Authorization: Bearer`",
    token,
  ),
  VIEWER_TOKEN: secret("access", null, "a token with the role viewer, which can only read", token),
  TOKENS_FILE: variable(
    "access",
    null,
    "a file of tokens: `name role sha256` on each line; read again when it changes",
    z.string(),
  ),
  PUBLIC_URL: variable(
    "proxy",
    "",
    "the addresses that browsers use, separated by commas; other hosts and origins are refused",
    list.pipe(parsed(parsePublicUrls)),
  ),
  BASE_PATH: variable(
    "proxy",
    "",
    "the path below which everything is served, such as `/millrace`",
    z.string().transform((text) => [text]).pipe(parsed(([text = ""]) => parseBasePath(text))),
  ),
  TRUSTED_PROXIES: variable(
    "proxy",
    "",
    "the IP addresses or networks of proxies whose `X-Forwarded-*` and `Forwarded` headers count",
    list.pipe(parsed(parseAddresses)),
  ),
  AUTH_PROXY_HEADER: variable(
    "proxy",
    null,
    "the header with the user's name from a trusted proxy, such as `Remote-User`",
    headerName,
  ),
  AUTH_PROXY_GROUPS_HEADER: variable(
    "proxy",
    null,
    "the header with the user's groups, such as `Remote-Groups`",
    headerName,
  ),
  AUTH_PROXY_ROLES: variable(
    "proxy",
    "",
    "the assignment of roles: `group:ops=operator, user:anna=admin, *=viewer`; the strongest applies",
    list.pipe(parsed(parseProxyRoles)),
  ),
  ALERT_HOSTS: variable(
    "access",
    CHAT_HOSTS.join(", "),
    "the hosts that alerts may be sent to in addition to this machine, with a port unless it is the scheme's; `*.site.example` is any host below it, `*` any host at all",
    list.pipe(parsed(parseAlertHosts)),
  ),
  EVENTS_DAYS: variable(
    "running",
    "365",
    "for how many days the audit log is kept, 1 to 3650",
    wholeNumber(1, 3650),
  ),
  LOG_LEVEL: variable(
    "running",
    "info",
    "`debug`, `info`, `warning` or `error`",
    oneOf("debug", "info", "warning", "error"),
  ),
  LOG_DAYS: variable(
    "running",
    "7",
    "for how many days the log is kept in the database, 1 to 365; debug lines are not kept",
    wholeNumber(1, 365),
  ),
  LOG_MAX_LINES: variable(
    "running",
    "1000000",
    "how many lines of the log are kept at most, 1000 to 100000000; repetitions of a line count once",
    wholeNumber(1_000, 100_000_000),
  ),
  SAMPLE: variable(
    "running",
    "on",
    "whether an empty embedded database is given the sample articles, once",
    oneOf("on", "off"),
  ),
  MILLRACE_POISON: variable(
    "running",
    "off",
    "whether marked articles are harmful; for fault-injection tests only",
    oneOf("on", "off"),
  ),
} as const;

/** The name of a variable. */
export type VariableName = keyof typeof VARIABLES;

type ValueOf<V> = V extends Variable<infer Default, infer Schema>
  ? z.infer<Schema> | (Default extends null ? null : never)
  : never;

/** The parsed value of each variable. */
export type Values = { [Name in VariableName]: ValueOf<typeof VARIABLES[Name]> };
