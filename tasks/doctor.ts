/**
 * Checks a node's requirements and suggests remedies: `deno task doctor`. Reads the environment like a node;
 * exits with 1 if something is wrong. Leaves no changes.
 */
import { readConfig } from "../lib/runtime/config.ts";
import { readEnvironment } from "../lib/runtime/environment.ts";
import { toError } from "../lib/runtime/errors.ts";
import { checkPostgres } from "./doctor/check_postgres.ts";
import { checkRedis } from "./doctor/check_redis.ts";
import { checkTokensFile } from "./doctor/check_tokens_file.ts";
import { type Finding, right, wrong } from "./doctor/finding.ts";

const MARKS = { right: "ok   ", doubtful: "look ", wrong: "WRONG" } as const;

async function examine(): Promise<Finding[]> {
  let config;
  try {
    config = readConfig(readEnvironment());
  } catch (thrown) {
    const remedy = "See docs/configuration.md";
    return [wrong("Configuration", toError(thrown).message, remedy)];
  }
  const found = await Promise.all([
    checkTokensFile(config),
    checkPostgres(config),
    checkRedis(config),
  ]);
  return [
    right("Configuration", `ROLE ${config.role}, every variable can be used`),
    ...found.flat(),
  ];
}

const findings = await examine();
for (const { verdict, subject, found, remedy } of findings) {
  const sentence = remedy === null ? found : `${found.replace(/\.$/, "")}. ${remedy}`;
  const line = `${MARKS[verdict]} ${subject}: ${sentence}\n`;
  Deno.stdout.writeSync(new TextEncoder().encode(line));
}
if (findings.some(({ verdict }) => verdict === "wrong")) Deno.exitCode = 1;
