// 20,000 generated articles from Redis to rows in Postgres: a worker node of Millrace compared with BullMQ
// and with the algorithm of its predecessor, each with its own Redis and Postgres.
//
//   deno task bench pipeline [articles] [rounds]

import { processArticle } from "../lib/article/process.ts";
import { DEFAULT_ARTICLE_SETTINGS } from "../lib/article/article_settings.ts";
import { generateArticle } from "./articles.ts";
import type { Prepare } from "./systems/system_under_test.ts";
import { prepareMillrace } from "./systems/prepare_millrace.ts";
import { preparePeer } from "./systems/prepare_peer.ts";
import { busyShare, hurried, machineTime, untilQuiet } from "./support/quiet.ts";
import { figure, print, printTable, writeResults } from "./support/report.ts";
import { type BenchServers, startBenchServers } from "./support/bench_servers.ts";
import { median } from "./support/statistics.ts";
import { cpuSeconds } from "./support/usage.ts";

const COUNT = Number(Deno.args[0] ?? 20_000);
const ROUNDS = Number(Deno.args[1] ?? 3);
/** Enough for the JIT compilers to have optimized all hot code. */
const WARM_UP = 10_000;
/** A run is repeated if other processes used more than this share of the machine. */
const DISTURBED = 0.1;
const MOST_REPETITIONS = hurried ? 1 : 3;

const SYSTEMS: { name: string; prepare: Prepare; warmUp: number; count: number }[] = [
  { name: "Millrace", prepare: prepareMillrace, warmUp: WARM_UP, count: COUNT },
  {
    name: "BullMQ 6.7, Deno",
    prepare: preparePeer("bullmq", "deno"),
    warmUp: WARM_UP,
    count: COUNT,
  },
  {
    name: "BullMQ 6.7, Node",
    prepare: preparePeer("bullmq", "node"),
    warmUp: WARM_UP,
    count: COUNT,
  },
  {
    name: "BullMQ 6.7, Deno, pinyin-pro's own readings",
    prepare: preparePeer("bullmq", "deno", { PLAIN_PINYIN: "1" }),
    warmUp: WARM_UP / 5,
    count: COUNT / 4,
  },
  {
    name: "The original's way",
    prepare: preparePeer("original", "deno"),
    warmUp: WARM_UP / 10,
    count: COUNT / 10,
  },
];

interface Run {
  seconds: number;
  articlesASecond: number;
  /** CPU time in microseconds per article. */
  cpu: { process: number; postgres: number; redis: number };
  redisCommands: number;
  /** The share of the machine that other processes used. */
  others: number;
}

const runs = SYSTEMS.map(({ name }) => ({ name, runs: new Array<Run>() }));
for (let round = 1; round <= ROUNDS; round++) {
  for (const [at, system] of SYSTEMS.entries()) {
    const run = await undisturbed(() => measure(system));
    runs[at]?.runs.push(run);
    print(`${round}. ${system.name.padEnd(44)} ${describe(run)}\n`);
  }
}

const results = runs.map(({ name, runs }) => {
  const speeds = runs.map(({ articlesASecond }) => articlesASecond);
  const of = (pick: (run: Run) => number) => median(runs.map(pick));
  return {
    name,
    articlesASecond: Math.round(median(speeds)),
    least: Math.round(Math.min(...speeds)),
    most: Math.round(Math.max(...speeds)),
    cpu: {
      process: of(({ cpu }) => cpu.process),
      postgres: of(({ cpu }) => cpu.postgres),
      redis: of(({ cpu }) => cpu.redis),
    },
    redisCommands: of(({ redisCommands }) => redisCommands),
    runs,
  };
});
const ours = results[0]?.articlesASecond ?? 0;

printTable(`${figure(COUNT)} articles from Redis to Postgres`, results, {
  "": ({ name }) => name,
  "articles/s": ({ articlesASecond }) => figure(articlesASecond),
  "least – most": ({ least, most }) => `${figure(least)} – ${figure(most)}`,
  "Millrace is": ({ articlesASecond }) => `× ${figure(ours / articlesASecond, 1)}`,
  "CPU µs an article: process": ({ cpu }) => figure(cpu.process),
  "Postgres": ({ cpu }) => figure(cpu.postgres),
  "Redis": ({ cpu }) => figure(cpu.redis, 1),
  "Redis commands an article": ({ redisCommands }) => figure(redisCommands, 2),
});
await writeResults("pipeline", { articles: COUNT, rounds: ROUNDS, results });

/** Repeats the work, at most a few times, while other processes disturb it; returns the least disturbed run. */
async function undisturbed(work: () => Promise<Run>): Promise<Run> {
  let best = await work();
  for (let more = MOST_REPETITIONS - 1; best.others > DISTURBED && more > 0; more--) {
    print(`   disturbed: ${describe(best)}\n`);
    const run = await work();
    if (run.others < best.others) best = run;
  }
  return best;
}

async function measure({ prepare, warmUp, count }: typeof SYSTEMS[number]): Promise<Run> {
  await using servers = await startBenchServers();
  await using system = await prepare(servers, warmUp, count);
  const cpu = async () => ({
    process: await cpuSeconds(system.pid),
    postgres: await cpuSeconds(servers.postgresPid),
    redis: await cpuSeconds(servers.redisPid),
    /** Includes this program, the parent of the other processes. */
    all: await cpuSeconds(Deno.pid),
  });
  await untilQuiet();
  const commands = await commandCount(servers);
  const machine = await machineTime();
  const before = await cpu();
  const seconds = await system.run();
  const after = await cpu();
  const busy = busyShare(machine, await machineTime());
  const sent = await commandCount(servers) - commands - 1 - system.monitoringCommands();
  await verify(servers, warmUp + count);
  const spent = (who: keyof typeof before) => after[who] - before[who];
  const anArticle = (cpuSeconds: number) => cpuSeconds * 1e6 / count;
  return {
    seconds,
    articlesASecond: count / seconds,
    cpu: {
      process: anArticle(spent("process")),
      postgres: anArticle(spent("postgres")),
      redis: anArticle(spent("redis")),
    },
    redisCommands: sent / count,
    others: Math.max(0, busy - spent("all") / seconds / navigator.hardwareConcurrency),
  };
}

/** Returns the number of commands that Redis has run, including those within scripts. */
async function commandCount({ redis }: BenchServers): Promise<number> {
  const info = String(await redis.send(["INFO", "stats"]));
  return Number(/total_commands_processed:(\d+)/.exec(info)?.[1]);
}

/** Throws unless the tables contain exactly the rows of every article. */
async function verify({ sql }: BenchServers, articles: number) {
  let paragraphs = 0;
  for (let index = 0; index < articles; index++) {
    paragraphs +=
      processArticle(generateArticle(index), DEFAULT_ARTICLE_SETTINGS).paragraphs.length;
  }
  const [rows] = await sql`
    SELECT (SELECT count(*) FROM titles) AS titles, (SELECT count(*) FROM contents) AS contents`;
  if (rows?.titles !== articles || rows?.contents !== paragraphs) {
    throw new Error(
      `${rows?.titles} titles and ${rows?.contents} paragraphs are not ${articles} and ${paragraphs}`,
    );
  }
}

function describe({ articlesASecond, redisCommands, others }: Run): string {
  return `${figure(articlesASecond).padStart(7)} articles/s, ${figure(redisCommands, 2)} Redis ` +
    `commands an article, others ${figure(others * 100)} % of the machine`;
}
