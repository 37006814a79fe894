import { z } from "zod";

/** What the environment says, read once at start and never changed. */
export interface Config {
  readonly port: number;
  readonly hostname: string;
  readonly role: "all" | "web" | "worker";
  /** Null: the embedded Postgres under `dataDir`. */
  readonly databaseUrl: string | null;
  /** Null: the in-process broker. */
  readonly redisUrl: string | null;
  readonly redisPrefix: string;
  readonly dataDir: string;
  readonly adminToken: string | null;
  readonly viewerToken: string | null;
  readonly logLevel: "debug" | "info" | "warning" | "error";
  /** Whether an empty embedded database is given the sample articles. */
  readonly sample: boolean;
  /** Whether marked articles do harm (see workers/poison.ts): for the fault tests only. */
  readonly poison: boolean;
}

/** The environment cannot be used; the message holds all its faults, a sentence each. */
export class ConfigError extends Error {
  override name = "ConfigError";
}

const LOOPBACK = ["127.0.0.1", "localhost", "::1", "[::1]"];

/** Whether an address reaches only programs of the same machine. */
export function isLoopback(hostname: string): boolean {
  return LOOPBACK.includes(hostname) || /^127(\.\d{1,3}){3}$/.test(hostname);
}

const url = (what: string, ...schemes: string[]) =>
  z.string().refine(
    (value) => URL.canParse(value) && schemes.includes(new URL(value).protocol),
    { error: `must be a ${what} address such as ${schemes[0]}//host` },
  ).nullable();

const token = z.string().min(16, { error: "must have at least 16 characters" }).nullable();

const oneOf = <const T extends string>(...values: T[]) =>
  z.enum(values, { error: (issue) => `must be one of ${values.join(", ")}, not "${issue.input}"` });

const environment = z.object({
  PORT: z.string().default("8000").transform(Number).pipe(
    z.int({ error: "must be a whole number" })
      .min(0, { error: "must be 0 to 65535" }).max(65535, { error: "must be 0 to 65535" }),
  ),
  HOSTNAME: z.string().default("127.0.0.1"),
  ROLE: oneOf("all", "web", "worker").default("all"),
  DATABASE_URL: url("Postgres", "postgres:", "postgresql:"),
  REDIS_URL: url("Redis", "redis:", "rediss:"),
  REDIS_PREFIX: z.string().default(""),
  DATA_DIR: z.string().default("./data"),
  ADMIN_TOKEN: token,
  VIEWER_TOKEN: token,
  LOG_LEVEL: oneOf("debug", "info", "warning", "error").default("info"),
  SAMPLE: oneOf("on", "off").default("on"),
  MILLRACE_POISON: oneOf("on", "off").default("off"),
});

/**
 * Reads the configuration from environment variables; an empty variable counts as unset. Throws a
 * `ConfigError` whose message names every variable at fault, never its secret.
 */
export function readConfig(env: Record<string, string | undefined>): Config {
  const given = Object.fromEntries(
    Object.keys(environment.shape).map((name) => {
      const optional = /URL$|TOKEN$/.test(name);
      return [name, env[name] || (optional ? null : undefined)];
    }),
  );
  const parsed = environment.safeParse(given);
  const faults = parsed.success
    ? contradictions(parsed.data)
    : parsed.error.issues.map((issue) => `${issue.path.join(".")} ${issue.message}`);
  if (!parsed.success || faults.length > 0) {
    throw new ConfigError(`Cannot start: ${faults.join("; ")}.`);
  }
  const e = parsed.data;
  return Object.freeze({
    port: e.PORT,
    hostname: e.HOSTNAME,
    role: e.ROLE,
    databaseUrl: e.DATABASE_URL,
    redisUrl: e.REDIS_URL,
    redisPrefix: e.REDIS_PREFIX,
    dataDir: e.DATA_DIR,
    adminToken: e.ADMIN_TOKEN,
    viewerToken: e.VIEWER_TOKEN,
    logLevel: e.LOG_LEVEL,
    sample: e.SAMPLE === "on",
    poison: e.MILLRACE_POISON === "on",
  });
}

function contradictions(e: z.infer<typeof environment>): string[] {
  const faults: string[] = [];
  if (!isLoopback(e.HOSTNAME) && e.ADMIN_TOKEN === null && e.ROLE !== "worker") {
    faults.push(
      `HOSTNAME ${e.HOSTNAME} can be reached from other machines, so ADMIN_TOKEN must be set`,
    );
  }
  if (e.ROLE !== "all" && (e.DATABASE_URL === null || e.REDIS_URL === null)) {
    faults.push(
      `ROLE ${e.ROLE} shares its work with other nodes, so DATABASE_URL and REDIS_URL must be set`,
    );
  }
  if (e.VIEWER_TOKEN !== null && e.ADMIN_TOKEN === null) {
    faults.push("VIEWER_TOKEN needs an ADMIN_TOKEN beside it");
  }
  if (e.VIEWER_TOKEN !== null && e.VIEWER_TOKEN === e.ADMIN_TOKEN) {
    faults.push("VIEWER_TOKEN must differ from ADMIN_TOKEN");
  }
  return faults;
}
