// The influence of the queue's length: throughput, start, recovery and the queue's operations with a
// thousand and with a million pending articles.
//
//   deno task bench depth [articles measured] [rounds] [depth]

import { createRedisQueue } from "../lib/queue/redis_queue.ts";
import { startMillrace } from "../tests/support/millrace.ts";
import { untilQuiet } from "./support/quiet.ts";
import { controlNode } from "./support/node_control.ts";
import { figure, print, printTable, writeResults } from "./support/report.ts";
import { type BenchServers, startBenchServers } from "./support/bench_servers.ts";
import { median } from "./support/statistics.ts";

const COUNT = Number(Deno.args[0] ?? 10_000);
const ROUNDS = Number(Deno.args[1] ?? 3);
const DEPTHS = [1_000, Number(Deno.args[2] ?? 1_000_000)];
const WARM_UP = 10_000;
const STARTS = 3;
const CALLS = 500;
const BATCH = 50;
/** The number of ids per push command. */
const CHUNK = 10_000;

interface Row {
  depth: number;
  /** Articles per second, by round. */
  speeds: number[];
  /** Seconds from starting the process until it takes articles, by start. */
  starts: number[];
  /** Seconds to start on a Redis that lost its data. */
  recovery: number;
  /** Median microseconds per call. */
  calls: { take: number; settle: number; counts: number; report: number };
}

const results: Row[] = [];
for (const depth of DEPTHS) results.push(await measure(depth));

printTable(`${figure(COUNT)} articles processed, by backlog`, results, {
  "pending": ({ depth }) => figure(depth),
  "articles/s": ({ speeds }) => figure(median(speeds)),
  "least – most": ({ speeds }) => `${figure(Math.min(...speeds))} – ${figure(Math.max(...speeds))}`,
  "start, s": ({ starts }) => figure(median(starts), 2),
  "start after Redis lost all, s": ({ recovery }) => figure(recovery, 2),
  "take 50, µs": ({ calls }) => figure(calls.take),
  "settle 50, µs": ({ calls }) => figure(calls.settle),
  "counts, µs": ({ calls }) => figure(calls.counts),
  "status, µs": ({ calls }) => figure(calls.report),
});
await writeResults("depth", { articles: COUNT, rounds: ROUNDS, results });

async function measure(depth: number): Promise<Row> {
  await using servers = await startBenchServers();
  await using node = await startNode(servers);
  const { pause, timeTo } = controlNode(servers);
  await pause();
  let stored = 0;
  const storeNext = async (count: number) => {
    const ids = await servers.storeArticles(stored, count);
    stored += count;
    // On the right, ahead of all pending articles.
    await push(servers, "RPUSH", ids);
  };

  await storeNext(WARM_UP);
  await timeTo(WARM_UP);
  await pause();

  const speeds: number[] = [];
  for (let round = 1; round <= ROUNDS; round++) {
    await fill(servers, depth);
    await storeNext(COUNT);
    await untilQuiet();
    speeds.push(COUNT / await timeTo(COUNT));
    await pause();
    print(`${figure(depth)} pending, ${round}.: ${figure(speeds.at(-1)!)} articles/s\n`);
  }

  const starts: number[] = [];
  for (let start = 0; start < STARTS; start++) starts.push(await restart());
  await servers.redis.send(["FLUSHALL"]);
  await servers.redis.send(["CONFIG", "RESETSTAT"]);
  const recovery = await restart();
  await node.kill("SIGTERM");
  await fill(servers, depth);
  return { depth, speeds, starts, recovery, calls: await timeCalls(servers) };

  async function restart(): Promise<number> {
    await node.kill("SIGTERM");
    await fill(servers, depth);
    const began = performance.now();
    await node.start();
    return (performance.now() - began) / 1_000;
  }
}

function startNode(servers: BenchServers) {
  return startMillrace({
    env: { ROLE: "worker", DATABASE_URL: servers.postgresUrl, REDIS_URL: servers.redisUrl },
  });
}

/** Adds small pending articles until there are `depth`. */
async function fill({ sql, redis }: BenchServers, depth: number) {
  const missing = depth - Number(await redis.send(["LLEN", "pending:articles"]));
  if (missing <= 0) return;
  const rows = await sql<{ id: number }[]>`
    INSERT INTO original_articles (title, content)
    SELECT 'Filler ' || n, '<p>Nothing but a line that is long enough to be kept.</p>'
    FROM generate_series(1, ${missing}::integer) AS n
    RETURNING id`;
  await push({ redis }, "LPUSH", rows.map(({ id }) => id));
  await sql`VACUUM ANALYZE`;
}

async function push({ redis }: Pick<BenchServers, "redis">, command: string, ids: number[]) {
  for (let from = 0; from < ids.length; from += CHUNK) {
    await redis.send([command, "pending:articles", ...ids.slice(from, from + CHUNK).map(String)]);
  }
}

async function timeCalls({ redis }: BenchServers): Promise<Row["calls"]> {
  await using queue = createRedisQueue(redis);
  const taken: number[][] = [];
  const none = { pending: [], retry: [], dead: [], gone: [] };
  return {
    take: await timed(async () => void taken.push(await queue.take("bench", BATCH))),
    settle: await timed(() => queue.settle("bench", { ...none, pending: taken.pop() ?? [] }, null)),
    counts: await timed(() => queue.counts()),
    report: await timed(() => queue.report(null, { day: "20000101", zone: "UTC" }, 50, true)),
  };
}

async function timed(call: () => Promise<unknown>): Promise<number> {
  const times: number[] = [];
  for (let at = 0; at < CALLS; at++) {
    const began = performance.now();
    await call();
    times.push((performance.now() - began) * 1_000);
  }
  return median(times);
}
