// Latency from a change of a setting until a viewer sees that every node applies it: idle, and while all
// nodes process.
//
//   deno task bench settings [changes] [worker nodes]

import { sleep } from "../lib/runtime/sleep.ts";
import { z } from "zod";
import { processorSettings } from "../lib/wire/settings.ts";
import { settingsVersion } from "../lib/processor/settings_version.ts";
import { parseProcessorStatus } from "../lib/wire/processor_status.ts";
import { type Millrace, startMillrace } from "../tests/support/millrace.ts";
import { epochMs } from "./support/clock.ts";
import { untilQuiet } from "./support/quiet.ts";
import { figure, printTable, writeResults } from "./support/report.ts";
import { startBenchServers } from "./support/bench_servers.ts";
import { quantile } from "./support/statistics.ts";

const CHANGES = Number(Deno.args[0] ?? 50);
const WORKERS = Number(Deno.args[1] ?? 4);
/** Enough to keep all nodes busy during the changes. */
const ARTICLES = 2_000 * CHANGES;
const LOOK_MS = 1;

const responseBody = z.object({ data: processorSettings });

await using servers = await startBenchServers();
await using nodes = new AsyncDisposableStack();
const env = { DATABASE_URL: servers.postgresUrl, REDIS_URL: servers.redisUrl };
const web = nodes.use(await startMillrace({ env: { ...env, ROLE: "web" } }));
for (let n = 0; n < WORKERS; n++) {
  nodes.use(await startMillrace({ env: { ...env, ROLE: "worker" } }));
}

/** The version of the settings that each node applies, from the last status. */
const versions = new Map<string, unknown>();
const socket = new WebSocket(`${web.url.replace(/^http/, "ws")}/ws/processor-status`);
socket.onmessage = ({ data }) => {
  for (const { node, settings } of parseProcessorStatus(String(data)).nodes) {
    versions.set(node, settings);
  }
};
const closed = new Promise<void>((resolve) => socket.onclose = () => resolve());
nodes.defer(() => (socket.close(), closed));
while (versions.size < WORKERS) await sleep(LOOK_MS);

const results = [await measure("idle")];
const ids = await servers.storeArticles(0, ARTICLES);
await servers.redis.send(["LPUSH", "pending:articles", ...ids.map(String)]);
results.push(await measure("all nodes processing"));

printTable(`A change of a setting to ${WORKERS} nodes`, results, {
  "": ({ load }) => load,
  "changes": ({ changes }) => figure(changes),
  "p50 ms": ({ p50 }) => figure(p50),
  "p99 ms": ({ p99 }) => figure(p99),
  "most ms": ({ most }) => figure(most),
});
await writeResults("settings", { workers: WORKERS, results });

async function measure(load: string) {
  if (load === "idle") await untilQuiet();
  const delays: number[] = [];
  for (let n = 0; n < CHANGES; n++) delays.push(await timeOfChange(web, 2 + n % 2));
  return {
    load,
    changes: CHANGES,
    p50: quantile(delays, 0.5),
    p99: quantile(delays, 0.99),
    most: Math.max(...delays),
  };
}

/** Returns the milliseconds from the request to the first status in which all nodes apply it. */
async function timeOfChange(node: Millrace, minParagraphLength: number): Promise<number> {
  const began = epochMs();
  const response = await node.fetch("/api/processor/config", {
    method: "PUT",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ min_paragraph_length: minParagraphLength }),
  });
  const wanted = settingsVersion(responseBody.parse(await response.json()).data);
  while ([...versions.values()].some((version) => version !== wanted)) await sleep(LOOK_MS);
  return epochMs() - began;
}
