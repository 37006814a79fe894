// Time from the command to the first page: an embedded node at its first and at a later start, with and
// without the build, and a node on Redis and Postgres.
//
//   deno task bench start [rounds]

import { fileURLToPath } from "node:url";
import { freePort } from "../tests/support/redis.ts";
import { untilQuiet } from "./support/quiet.ts";
import { figure, print, printTable, writeResults } from "./support/report.ts";
import { startBenchServers } from "./support/bench_servers.ts";
import { median } from "./support/statistics.ts";
import { sleep } from "../lib/runtime/sleep.ts";

const ROUNDS = Number(Deno.args[0] ?? 5);
const ROOT = fileURLToPath(new URL("../", import.meta.url));
const LOOK_MS = 5;
const PATIENCE_MS = 120_000;

const BUILD = ["run", "-P=build", "dev.ts", "build"];
/** `deno task start`, and only its second half, without the build. */
const TASK = ["task", "start"];
const NODE = ["run", "-P=serve", "main.ts"];

interface Start {
  name: string;
  args: string[];
  /** Whether the data directory is empty. */
  first: boolean;
  env?: Record<string, string>;
}

await using servers = await startBenchServers();
const STARTS: Start[] = [
  { name: "embedded, the first start", args: NODE, first: true },
  { name: "embedded, started again", args: NODE, first: false },
  { name: "embedded, started again, with the build", args: TASK, first: false },
  {
    name: "on Redis and Postgres",
    args: NODE,
    first: false,
    env: { DATABASE_URL: servers.postgresUrl, REDIS_URL: servers.redisUrl },
  },
];

await new Deno.Command(Deno.execPath(), { args: BUILD, cwd: ROOT, stdout: "null" }).output();
const results = [];
for (const start of STARTS) {
  const dataDir = await Deno.makeTempDir({ prefix: "millrace-bench-" });
  if (!start.first) await firstPage(start, dataDir);
  await untilQuiet();
  const seconds: number[] = [];
  for (let round = 1; round <= ROUNDS; round++) {
    if (start.first) await Deno.remove(dataDir, { recursive: true });
    seconds.push(await firstPage(start, dataDir));
  }
  await Deno.remove(dataDir, { recursive: true });
  const { name } = start;
  results.push({ name, seconds: median(seconds), all: seconds });
  print(`${name}: ${seconds.map((each) => figure(each, 2)).join(", ")} s\n`);
}

printTable("From the command to the first page", results, {
  "": ({ name }) => name,
  "seconds": ({ seconds }) => figure(seconds, 2),
  "least – most": ({ all }) => `${figure(Math.min(...all), 2)} – ${figure(Math.max(...all), 2)}`,
});
await writeResults("start", { rounds: ROUNDS, results });

/** Starts a node, waits for the whole first page, and shuts it down gracefully. */
async function firstPage({ args, env }: Start, dataDir: string): Promise<number> {
  const port = freePort();
  const began = performance.now();
  const child = new Deno.Command(Deno.execPath(), {
    args,
    cwd: ROOT,
    env: { ...env, PORT: String(port), DATA_DIR: dataDir },
    stdin: "null",
    stdout: "null",
    stderr: "null",
  }).spawn();
  try {
    while (!await isPage(`http://127.0.0.1:${port}/`)) {
      if (performance.now() - began > PATIENCE_MS) throw new Error("There is no page");
      await sleep(LOOK_MS);
    }
    return (performance.now() - began) / 1_000;
  } finally {
    child.kill("SIGTERM");
    await child.status;
  }
}

async function isPage(url: string): Promise<boolean> {
  try {
    const response = await fetch(url);
    const text = await response.text();
    return response.ok && text.includes("</html>");
  } catch {
    // The server does not listen yet.
    return false;
  }
}
