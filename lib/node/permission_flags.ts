import { fileURLToPath } from "node:url";
import { resolve } from "node:path";
import { PGLITE_FILES } from "../database/embedded.ts";
import { ANY_HOST } from "../runtime/alert_hosts.ts";
import { type Config, ConfigError, readConfig } from "../runtime/config.ts";
import { READABLE_VARIABLES } from "../runtime/environment.ts";
import { parsePostgresAddress } from "../runtime/postgres_address.ts";
import { parseRedisAddress } from "../runtime/redis_address.ts";

const ROOT = new URL("../../", import.meta.url);
/** The files that a running node reads in its own folder: the build, the code that it loads, and data. */
const OWN_FILES = [
  ...["_fresh", "static", "migrations", "data/sample.jsonl", "deno.json", "define.ts"],
  ...["components", "islands", "lib", "packages", "routes", "workers"],
];
/** Distinguishes two machines with the same name. */
const BOOT_ID = "/proc/sys/kernel/random/boot_id";
/** The server behind the front has a port that the system chooses, so all loopback ports are allowed. */
const OWN_MACHINE = ["127.0.0.1", "localhost"];
/** System information, for the names of nodes. */
export const SYSTEM = ["hostname"];

/**
 * Returns the flags of `deno run` with exactly the permissions that a node with this environment needs. A
 * node with an invalid configuration, which will not start, gets permissions for any configuration.
 */
export function permissionFlags(env: Record<string, string | undefined>): string[] {
  try {
    return flagsFor(readConfig(env), env);
  } catch (error) {
    if (error instanceof ConfigError) return ["-P=serve"];
    throw error;
  }
}

/** `env` contains the names of files whose contents are in the configuration. */
function flagsFor(config: Config, env: Record<string, string | undefined>): string[] {
  const dataDir = resolve(config.dataDir);
  const sockets = socketsOf(config);
  const read = [...ownFiles(config), dataDir, BOOT_ID, ...filesOf(config, env), ...sockets];
  const hosts = hostsOf(config)?.concat(sockets.map((path) => `unix:${path}`)) ?? null;
  return [
    "--no-prompt",
    flag("read", read),
    flag("write", [dataDir, ...sockets]),
    hosts === null ? "--allow-net" : flag("net", hosts),
    flag("env", READABLE_VARIABLES),
    flag("sys", SYSTEM),
  ];
}

/** Commas are separators and cannot be escaped: a value with a comma leaves its permission unrestricted. */
function flag(name: string, values: readonly string[]): string {
  const unique = [...new Set(values)];
  if (unique.some((each) => each.includes(","))) return `--allow-${name}`;
  return `--allow-${name}=${unique.join(",")}`;
}

function ownFiles({ databaseUrl }: Config): string[] {
  const folders = OWN_FILES.map((path) => new URL(path, ROOT));
  return [...folders, ...(databaseUrl === null ? [PGLITE_FILES] : [])].map((each) =>
    fileURLToPath(each)
  );
}

/** Files of secrets, tokens and certificates. */
function filesOf(
  { databaseUrl }: Config,
  env: Record<string, string | undefined>,
): string[] {
  const named = Object.entries(env).flatMap(([name, path]) =>
    path && (name.endsWith("_FILE") || /^REDIS_(CA|CERT|KEY)$/.test(name)) ? [path] : []
  );
  const { rootCert, cert, key } = databaseUrl === null
    ? {}
    : parsePostgresAddress(databaseUrl).tls ?? {};
  const certificates = [rootCert, cert, key].filter((path) => typeof path === "string");
  return [...named, ...certificates].map((path) => resolve(path));
}

function socketsOf({ databaseUrl, redisUrl }: Config): string[] {
  const paths = [
    databaseUrl === null ? null : parsePostgresAddress(databaseUrl).path,
    redisUrl === null ? null : parseRedisAddress(redisUrl).path,
  ];
  return paths.filter((path) => path !== null);
}

/** Null if the hosts that a node connects to are unknown at startup. */
function hostsOf(config: Config): string[] | null {
  const { role, listen, port, databaseUrl, redisUrl, alertHosts } = config;
  const redis = redisUrl === null ? null : parseRedisAddress(redisUrl);
  // A sentinel reports the primary's address, and a cluster node those of other nodes.
  const isTold = redis !== null && (redis.service !== null || /\{.+\}/.test(config.redisPrefix));
  if (isTold || alertHosts.includes(ANY_HOST)) return null;
  const servers = [
    ...(databaseUrl === null ? [] : parsePostgresAddress(databaseUrl).hosts),
    ...(redis?.hosts ?? []),
    ...(role === "worker" ? [] : [{ host: listen, port }]),
  ];
  return [
    ...OWN_MACHINE,
    ...servers.map(({ host, port }) => `${host.includes(":") ? `[${host}]` : host}:${port}`),
    ...alertHosts,
  ];
}
