// Latency from the commit of an article's settlement in Postgres to the status message that includes it at
// a viewer's socket: idle and at full throughput.
//
//   deno task bench latency [articles while idle] [articles at full speed]

import { sleep } from "../lib/runtime/sleep.ts";
import { type Millrace, startMillrace } from "../tests/support/millrace.ts";
import { commitTimes } from "./support/commit_times.ts";
import { busyShare, machineTime, untilQuiet } from "./support/quiet.ts";
import { figure, print, printTable, writeResults } from "./support/report.ts";
import { type BenchServers, startBenchServers } from "./support/bench_servers.ts";
import { quantile } from "./support/statistics.ts";
import { openViewer, type Viewer } from "./support/viewer.ts";

const IDLE = Number(Deno.args[0] ?? 150);
const FULL = Number(Deno.args[1] ?? 20_000);
const WARM_UP = 2_000;
/** The pauses between articles while idle: uniformly distributed. */
const PAUSE_MS = { least: 100, most: 1_100 };

/** Which nodes process, and which one has the viewer. */
const SETUPS = [
  { name: "a worker and a web node", roles: ["worker", "web"] },
  { name: "one node for all", roles: ["all"] },
];

interface Row {
  setup: string;
  load: string;
  articles: number;
  articlesASecond: number;
  /** Milliseconds. */
  p50: number;
  p99: number;
  most: number;
  messagesASecond: number;
  /** The machine's overall CPU utilization, 0 to 1. */
  busy: number;
}

const results: Row[] = [];
for (const { name, roles } of SETUPS) {
  await using servers = await startBenchServers({ track_commit_timestamp: "on" });
  await using nodes = new AsyncDisposableStack();
  let last: Millrace | undefined;
  for (const role of roles) last = nodes.use(await startNode(servers, role));
  await using viewer = openViewer(`${last!.url}/ws/processor-status`);
  const run = async (load: string, count: number, queue: (ids: string[]) => Promise<void>) => {
    const measured = await measure(servers, viewer, count, queue);
    const row = { setup: name, load, ...measured };
    print(`${name}, ${load}: p50 ${figure(row.p50, 1)} ms, p99 ${figure(row.p99, 1)} ms\n`);
    return row;
  };
  const push = async (ids: string[]) => {
    await servers.redis.send(["LPUSH", "pending:articles", ...ids]);
  };
  await run("warming up", WARM_UP, push);
  results.push(
    await run("idle", IDLE, async (ids) => {
      for (const id of ids) {
        await sleep(PAUSE_MS.least + Math.random() * (PAUSE_MS.most - PAUSE_MS.least));
        await push([id]);
      }
    }),
    await run("full speed", FULL, push),
  );
}

printTable("From commit to socket", results, {
  "": ({ setup, load }) => `${setup}, ${load}`,
  "articles": ({ articles }) => figure(articles),
  "articles/s": ({ articlesASecond }) => figure(articlesASecond, articlesASecond < 10 ? 1 : 0),
  "p50 ms": ({ p50 }) => figure(p50, 1),
  "p99 ms": ({ p99 }) => figure(p99, 1),
  "most ms": ({ most }) => figure(most, 1),
  "messages/s": ({ messagesASecond }) => figure(messagesASecond, 1),
});
await writeResults("latency", { results });

function startNode(servers: BenchServers, role: string): Promise<Millrace> {
  const { postgresUrl, redisUrl } = servers;
  return startMillrace({ env: { ROLE: role, DATABASE_URL: postgresUrl, REDIS_URL: redisUrl } });
}

async function measure(
  servers: BenchServers,
  viewer: Viewer,
  count: number,
  queue: (ids: string[]) => Promise<void>,
) {
  // Everything stored before has been processed by now.
  const before = await viewer.untilProcessed(0);
  const ids = await servers.storeArticles(before, count);
  await untilQuiet();
  const machine = await machineTime();
  const messages = viewer.messages.length;
  const began = performance.now();
  await queue(ids.map(String));
  await viewer.untilProcessed(before + count);
  const seconds = (performance.now() - began) / 1_000;
  const busy = busyShare(machine, await machineTime());
  const commits = await commitTimes(servers, ids);
  const delays = commits.map((value, at) => viewer.sawAt(before + at + 1) - value);
  return {
    articles: count,
    articlesASecond: count / seconds,
    p50: quantile(delays, 0.5),
    p99: quantile(delays, 0.99),
    most: Math.max(...delays),
    messagesASecond: (viewer.messages.length - messages) / seconds,
    busy,
  };
}
