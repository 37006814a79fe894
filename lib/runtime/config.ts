import { type AddressSet, isLoopback } from "./addresses.ts";
import { type Values, VARIABLES } from "./config_variables.ts";
import type { ProxyRole } from "./proxy_roles.ts";
import { type ReadFile, readSecret } from "./secret_files.ts";

/** The configuration from the environment, read once at startup and immutable. */
export interface Config {
  readonly port: number;
  /** The address to serve on. */
  readonly listen: string;
  readonly role: "all" | "web" | "worker";
  /** Null: the embedded Postgres under `dataDir`. */
  readonly databaseUrl: string | null;
  /** Null: the in-process broker. */
  readonly redisUrl: string | null;
  readonly redisPrefix: string;
  /** Certificates in PEM for `rediss:`; what is not configured is the system's. */
  readonly redisTls: { ca?: string; cert?: string; key?: string };
  readonly dataDir: string;
  readonly adminToken: string | null;
  readonly viewerToken: string | null;
  readonly tokensFile: string | null;
  /** The addresses that browsers use; empty: any. */
  readonly publicUrls: readonly URL[];
  /** Empty, or a path without a trailing slash. */
  readonly basePath: string;
  readonly trustedProxies: AddressSet;
  /** The headers in which a trusted proxy names the user; null: none. Header names are lower-case. */
  readonly proxySignOn: ProxySignOn | null;
  /** The hosts that alerts may be sent to, as Deno's permission `net` takes them. */
  readonly alertHosts: readonly string[];
  /** For how many days events are kept. */
  readonly eventsDays: number;
  /** For how many days, and up to how many rows, the log is kept. */
  readonly logDays: number;
  readonly logMaxLines: number;
  readonly logLevel: "debug" | "info" | "warning" | "error";
  /** Whether the sample articles are imported into an empty embedded database. */
  readonly sample: boolean;
  /** Whether marked articles are harmful (see workers/poison.ts): for the fault-injection tests only. */
  readonly poison: boolean;
}

export interface ProxySignOn {
  readonly userHeader: string;
  readonly groupsHeader: string | null;
  readonly roles: readonly ProxyRole[];
}

/** The environment is invalid; the message lists all errors. */
export class ConfigError extends Error {
  override name = "ConfigError";
}

/**
 * Reads the configuration from environment variables; an empty variable counts as unset. Throws a
 * `ConfigError` whose message names every invalid variable, never a secret.
 */
export function readConfig(
  env: Record<string, string | undefined>,
  readFile: ReadFile = Deno.readTextFileSync,
): Config {
  const { values, faults } = readValues(env, readFile);
  faults.push(...contradictions(values));
  const redisTls = readCertificates(values, readFile, faults);
  if (!isWhole(values) || faults.length > 0) {
    throw new ConfigError(`Cannot start: ${faults.join("; ")}.`);
  }
  return Object.freeze({
    port: values.PORT,
    listen: values.LISTEN,
    role: values.ROLE,
    databaseUrl: values.DATABASE_URL,
    redisUrl: values.REDIS_URL,
    redisPrefix: values.REDIS_PREFIX,
    redisTls,
    dataDir: values.DATA_DIR,
    adminToken: values.ADMIN_TOKEN,
    viewerToken: values.VIEWER_TOKEN,
    tokensFile: values.TOKENS_FILE,
    publicUrls: values.PUBLIC_URL,
    basePath: values.BASE_PATH,
    trustedProxies: values.TRUSTED_PROXIES,
    proxySignOn: values.AUTH_PROXY_HEADER === null ? null : {
      userHeader: values.AUTH_PROXY_HEADER,
      groupsHeader: values.AUTH_PROXY_GROUPS_HEADER,
      roles: values.AUTH_PROXY_ROLES,
    },
    alertHosts: values.ALERT_HOSTS,
    eventsDays: values.EVENTS_DAYS,
    logDays: values.LOG_DAYS,
    logMaxLines: values.LOG_MAX_LINES,
    logLevel: values.LOG_LEVEL,
    sample: values.SAMPLE === "on",
    poison: values.MILLRACE_POISON === "on",
  });
}

/** Parses each variable separately; `values` lacks the invalid ones. */
function readValues(
  env: Record<string, string | undefined>,
  readFile: ReadFile,
): { values: Partial<Values>; faults: string[] } {
  const faults: string[] = [];
  const values: Record<string, unknown> = {};
  for (const [name, { default: fallback, secret, schema }] of Object.entries(VARIABLES)) {
    const read = secret ? readSecret(name, env, readFile) : { value: env[name] || undefined };
    if ("fault" in read) {
      faults.push(read.fault);
      continue;
    }
    const given = read.value ?? fallback;
    const parsed = given === null ? null : schema.safeParse(given);
    if (parsed === null || parsed.success) values[name] = parsed?.data ?? null;
    else faults.push(...parsed.error.issues.map(({ message }) => `${name} ${message}`));
  }
  // Each schema guarantees its value's type.
  return { values: values as Partial<Values>, faults };
}

function isWhole(values: Partial<Values>): values is Values {
  return Object.keys(VARIABLES).every((name) => name in values);
}

/** Reads the files of certificates; an unreadable one is an error. */
function readCertificates(
  { REDIS_CA = null, REDIS_CERT = null, REDIS_KEY = null }: Partial<Values>,
  readFile: ReadFile,
  faults: string[],
): Config["redisTls"] {
  const files = Object.entries({ REDIS_CA, REDIS_CERT, REDIS_KEY });
  return Object.fromEntries(files.flatMap(([name, path]) => {
    if (path === null) return [];
    try {
      return [[name.slice("REDIS_".length).toLowerCase(), readFile(path)]];
    } catch (error) {
      const why = error instanceof Error ? error.message : String(error);
      faults.push(`${name} ${path} cannot be read: ${why}`);
      return [];
    }
  }));
}

/** Errors in combinations of variables. An invalid variable is undefined here: it is set, so not null. */
function contradictions(values: Partial<Values>): string[] {
  const faults: string[] = [];
  const requiresSignIn = values.ADMIN_TOKEN !== null || values.TOKENS_FILE !== null ||
    values.AUTH_PROXY_HEADER !== null;
  const needed = "so ADMIN_TOKEN, TOKENS_FILE or AUTH_PROXY_HEADER must be set";
  if (!requiresSignIn && values.ROLE !== "worker") {
    const { LISTEN, PUBLIC_URL, TRUSTED_PROXIES } = values;
    if (LISTEN !== undefined && !isLoopback(LISTEN)) {
      faults.push(`LISTEN ${LISTEN} can be reached from other machines, ${needed}`);
    }
    const reaching = { PUBLIC_URL: PUBLIC_URL?.length, TRUSTED_PROXIES: TRUSTED_PROXIES?.size };
    for (const [name, entries = 0] of Object.entries(reaching)) {
      if (entries > 0) faults.push(`${name} lets others in, ${needed}`);
    }
  }
  const isShared = values.ROLE === "web" || values.ROLE === "worker";
  if (isShared && (values.DATABASE_URL === null || values.REDIS_URL === null)) {
    faults.push(
      `ROLE ${values.ROLE} shares its work with other nodes, so DATABASE_URL and REDIS_URL must be set`,
    );
  }
  if ((values.REDIS_CERT === null) !== (values.REDIS_KEY === null)) {
    faults.push("REDIS_CERT and REDIS_KEY must be set together");
  }
  if (values.VIEWER_TOKEN !== null && values.ADMIN_TOKEN === null) {
    faults.push("VIEWER_TOKEN needs an ADMIN_TOKEN beside it");
  }
  if (values.VIEWER_TOKEN && values.VIEWER_TOKEN === values.ADMIN_TOKEN) {
    faults.push("VIEWER_TOKEN must differ from ADMIN_TOKEN");
  }
  for (const { href, pathname } of values.PUBLIC_URL ?? []) {
    const path = pathname.replace(/\/$/, "");
    if (path !== "" && values.BASE_PATH !== undefined && path !== values.BASE_PATH) {
      faults.push(`PUBLIC_URL ${href} has another path than BASE_PATH`);
    }
  }
  if (values.AUTH_PROXY_HEADER !== null) {
    if (values.TRUSTED_PROXIES?.size === 0) {
      faults.push("AUTH_PROXY_HEADER counts from TRUSTED_PROXIES only, so these must be set");
    }
    if (values.AUTH_PROXY_ROLES?.length === 0) {
      faults.push("AUTH_PROXY_HEADER needs AUTH_PROXY_ROLES, which assign the roles");
    }
  }
  return faults;
}
