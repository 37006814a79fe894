// Whether it matters how much is pending: speed, start, recovery and the queue's own calls with a
// thousand and with a million articles in the queue.
//
//   deno task bench depth [articles measured] [rounds] [depth]

import { createRedisQueue } from "../lib/queue/redis.ts";
import { startMillrace } from "../tests/support/millrace.ts";
import { untilQuiet } from "./support/quiet.ts";
import { pausing } from "./support/pausing.ts";
import { figure, print, printTable, writeResults } from "./support/report.ts";
import { type Stand, startStand } from "./support/stand.ts";
import { median } from "./support/statistics.ts";

const COUNT = Number(Deno.args[0] ?? 10_000);
const ROUNDS = Number(Deno.args[1] ?? 3);
const DEPTHS = [1_000, Number(Deno.args[2] ?? 1_000_000)];
const WARM_UP = 10_000;
const STARTS = 3;
const CALLS = 500;
const BATCH = 50;
/** Ids are pushed in commands of this many. */
const CHUNK = 10_000;

interface Row {
  depth: number;
  /** Articles a second, by rounds. */
  speeds: number[];
  /** Seconds from starting the process until it takes articles, by starts. */
  starts: number[];
  /** Seconds to start on a Redis that came back empty. */
  recovery: number;
  /** Microseconds, the median of many calls. */
  calls: { take: number; settle: number; counts: number; report: number };
}

const results: Row[] = [];
for (const depth of DEPTHS) results.push(await measure(depth));

printTable(`As much is pending as that, and ${figure(COUNT)} articles are processed`, results, {
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
  await using stand = await startStand();
  await using node = await startNode(stand);
  const { pause, timeTo } = pausing(stand);
  await pause();
  let stored = 0;
  const storeNext = async (count: number) => {
    const ids = await stand.storeArticles(stored, count);
    stored += count;
    // On the right, so that they come before all that is pending.
    await push(stand, "RPUSH", ids);
  };

  await storeNext(WARM_UP);
  await timeTo(WARM_UP);
  await pause();

  const speeds: number[] = [];
  for (let round = 1; round <= ROUNDS; round++) {
    await fill(stand, depth);
    await storeNext(COUNT);
    await untilQuiet();
    speeds.push(COUNT / await timeTo(COUNT));
    await pause();
    print(`${figure(depth)} pending, ${round}.: ${figure(speeds.at(-1)!)} articles/s\n`);
  }

  const starts: number[] = [];
  for (let start = 0; start < STARTS; start++) starts.push(await restart());
  await stand.redis.send(["FLUSHALL"]);
  await stand.redis.send(["CONFIG", "RESETSTAT"]);
  const recovery = await restart();
  await node.kill("SIGTERM");
  await fill(stand, depth);
  return { depth, speeds, starts, recovery, calls: await timeCalls(stand) };

  async function restart(): Promise<number> {
    await node.kill("SIGTERM");
    await fill(stand, depth);
    const began = performance.now();
    await node.start();
    return (performance.now() - began) / 1_000;
  }
}

function startNode(stand: Stand) {
  return startMillrace({
    env: { ROLE: "worker", DATABASE_URL: stand.postgresUrl, REDIS_URL: stand.redisUrl },
  });
}

/** Makes as many pending as wanted, with small articles. */
async function fill({ sql, redis }: Stand, depth: number) {
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

async function push({ redis }: Pick<Stand, "redis">, command: string, ids: number[]) {
  for (let from = 0; from < ids.length; from += CHUNK) {
    await redis.send([command, "pending:articles", ...ids.slice(from, from + CHUNK).map(String)]);
  }
}

async function timeCalls({ redis }: Stand): Promise<Row["calls"]> {
  await using queue = createRedisQueue(redis);
  const taken: number[][] = [];
  const none = { pending: [], retry: [], dead: [], gone: [] };
  return {
    take: await timed(async () => void taken.push(await queue.take("bench", BATCH))),
    settle: await timed(() => queue.settle("bench", { ...none, pending: taken.pop() ?? [] }, null)),
    counts: await timed(() => queue.counts()),
    report: await timed(() => queue.report(null, "20000101", 50, true)),
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
