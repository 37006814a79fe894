import { VARIABLES } from "./config_variables.ts";

/**
 * Variables that libraries read, and fail without permission to read: Postgres' driver as libpq's clients do,
 * Redis' and the reader of YAML for their diagnostics, Fresh for the id of a build.
 */
const OF_LIBRARIES = [
  ...["PG*", "USER", "USERNAME", "LOGNAME"],
  ...["REDIS_DEBUG_MAINTENANCE", "REDIS_EMIT_DIAGNOSTICS"],
  ...["LOG_STREAM", "LOG_TOKENS"],
  ...["DENO_DEPLOYMENT_ID", "GITHUB_SHA", "CI_COMMIT_SHA"],
];

/** The variables of the configuration, with the `NAME_FILE` of each secret. */
const OWN = Object.entries(VARIABLES).flatMap(([name, { secret }]) =>
  secret ? [name, `${name}_FILE`] : [name]
);

/** Every environment variable that a node may read, as Deno's permission `env` takes them. */
export const READABLE_VARIABLES: readonly string[] = [...OWN, ...OF_LIBRARIES];

/** The configuration's environment variables; those of anybody else are not looked at. */
export function readEnvironment(): Record<string, string | undefined> {
  return Object.fromEntries(OWN.map((name) => [name, Deno.env.get(name)]));
}
