// The comparison of the queue with Postgres, with many articles pending, then processed: the time of its steps, the CPU
// time of a whole comparison, and a node's throughput beside one.
//
//   deno task bench queue_comparison [articles] [articles measured] [rounds]

import { z } from "zod";
import { compare, createRest } from "../lib/processor/queue_reconciler.ts";
import { createRedisQueue } from "../lib/queue/redis_queue.ts";
import { startMillrace } from "../tests/support/millrace.ts";
import { type BenchServers, startBenchServers } from "./support/bench_servers.ts";
import { controlNode } from "./support/node_control.ts";
import { untilQuiet } from "./support/quiet.ts";
import { figure, print, printTable, writeResults } from "./support/report.ts";
import { median, quantile } from "./support/statistics.ts";
import { cpuSeconds } from "./support/usage.ts";

const ARTICLES = Number(Deno.args[0] ?? 1_000_000);
const COUNT = Number(Deno.args[1] ?? 10_000);
const ROUNDS = Number(Deno.args[2] ?? 5);
const CHUNK = 10_000;
/** The pause between two comparisons of a node, which must not start one beside the measured one. */
const RENEW_MS = 10_000;

interface Sweep {
  articles: string;
  /** Unfinished articles that were compared. */
  compared: number;
  steps: number;
  /** Milliseconds. */
  stepP50: number;
  stepP99: number;
  longestStep: number;
  /** Seconds of all steps, without the pauses between them, and with them. */
  work: number;
  duration: number;
  /** CPU seconds. */
  cpu: { postgres: number; redis: number; node: number };
}

await using servers = await startBenchServers();
const sweeps: Sweep[] = [];
await fill(servers);
await untilQuiet();
sweeps.push(await sweep(`${figure(ARTICLES)} pending`));
const plan = await explainPage(servers);
const throughput = await measureThroughput();
await finishAll(servers);
sweeps.push(await sweep(`${figure(ARTICLES)} processed, before VACUUM`));
await servers.sql`VACUUM ANALYZE`;
await untilQuiet();
sweeps.push(await sweep(`${figure(ARTICLES)} processed`));

printTable("one comparison", sweeps, {
  "articles": ({ articles }) => articles,
  "steps": ({ steps }) => figure(steps),
  "step, ms, p50": ({ stepP50 }) => figure(stepP50, 1),
  "p99": ({ stepP99 }) => figure(stepP99, 1),
  "longest": ({ longestStep }) => figure(longestStep, 1),
  "work, s": ({ work }) => figure(work, 2),
  "with pauses, s": ({ duration }) => figure(duration),
  "CPU s of Postgres": ({ cpu }) => figure(cpu.postgres, 2),
  "Redis": ({ cpu }) => figure(cpu.redis, 2),
  "node": ({ cpu }) => figure(cpu.node, 2),
});
printTable("articles/s beside a comparison", [throughput], {
  "without": ({ without }) => figure(median(without)),
  "with": (row) => figure(median(row.with)),
  "ratio": ({ ratios }) => figure(median(ratios), 3),
});
print(`\n${plan.join("\n")}\n`);
await writeResults("queue_comparison", {
  articles: ARTICLES,
  measured: COUNT,
  rounds: ROUNDS,
  sweeps,
  throughput,
  plan,
});

/** Compares once without pauses and adds up what they would take. */
async function sweep(articles: string): Promise<Sweep> {
  const { redis, sql, postgresPid, redisPid } = servers;
  const queue = createRedisQueue(redis);
  const steps: number[] = [];
  let resumed = performance.now();
  const before = await cpuOf(postgresPid, redisPid);
  const compared = await compare({ sql, queue }, () => {
    steps.push(performance.now() - resumed);
    resumed = performance.now();
    return Promise.resolve();
  }, new AbortController().signal);
  steps.push(performance.now() - resumed);
  const after = await cpuOf(postgresPid, redisPid);
  const workMs = steps.reduce((sum, ms) => sum + ms, 0);
  const pausesMs = steps.slice(1).reduce((sum, ms) => sum + Math.min(30 * ms, 5_000), 0);
  if (compared?.missing !== 0) throw new Error("The queue and Postgres differ");
  return {
    articles,
    compared: compared.database,
    steps: steps.length,
    stepP50: median(steps),
    stepP99: quantile(steps, 0.99),
    longestStep: Math.max(...steps),
    work: workMs / 1_000,
    duration: (workMs + pausesMs) / 1_000,
    cpu: {
      postgres: after.postgres - before.postgres,
      redis: after.redis - before.redis,
      node: after.node - before.node,
    },
  };
}

async function cpuOf(postgresPid: number, redisPid: number) {
  const [node, postgres, redis] = await Promise.all(
    [Deno.pid, postgresPid, redisPid].map((pid) => cpuSeconds(pid)),
  );
  // The servers are children of this process.
  return { node: node! - postgres! - redis!, postgres: postgres!, redis: redis! };
}

/** Runs a node without and with a comparison beside it, in turn, both of them the one that a node makes. */
async function measureThroughput() {
  const queue = createRedisQueue(servers.redis);
  // The node itself makes none while the last one is recent.
  const renew = async () => {
    await queue.noteComparison({ at: Date.now(), database: 0, queue: 0, missing: 0 });
  };
  await renew();
  const renewing = setInterval(renew, RENEW_MS);
  await using _node = await startMillrace({
    env: { ROLE: "worker", DATABASE_URL: servers.postgresUrl, REDIS_URL: servers.redisUrl },
  });
  const { pause, timeTo } = controlNode(servers);
  await pause();
  let stored = 0;
  async function speed(): Promise<number> {
    const ids = await servers.storeArticles(stored, COUNT, { tidy: false });
    stored += COUNT;
    await push("RPUSH", ids);
    const seconds = await timeTo(COUNT);
    await pause();
    return COUNT / seconds;
  }
  async function speedBesideComparison(): Promise<number> {
    const stopping = new AbortController();
    const { sql } = servers;
    const comparing = compare({ sql, queue }, createRest(stopping.signal), stopping.signal);
    const articles = await speed();
    stopping.abort();
    await comparing;
    return articles;
  }
  await speed();
  const speeds = { without: [] as number[], with: [] as number[], ratios: [] as number[] };
  for (let round = 1; round <= ROUNDS; round++) {
    speeds.without.push(await speed());
    speeds.with.push(await speedBesideComparison());
    speeds.ratios.push(speeds.with.at(-1)! / speeds.without.at(-1)!);
    print(`${round}.: ${figure(speeds.without.at(-1)!)}, ${figure(speeds.with.at(-1)!)}\n`);
  }
  clearInterval(renewing);
  return speeds;
}

/** The plan of a page in the middle. */
async function explainPage({ sql }: BenchServers): Promise<string[]> {
  const rows = await sql.unsafe(`
    EXPLAIN (ANALYZE, COSTS OFF, BUFFERS)
    (SELECT article_id AS id, state, tries, changed_at FROM article_states
      WHERE (state, article_id) > ('pending', ${ARTICLES / 2}) AND state <= 'pending'
      ORDER BY state, article_id LIMIT 2000)
    UNION ALL
    (SELECT article_id AS id, state, tries, changed_at FROM article_states
      WHERE state IN ('retry', 'dead') AND article_id > ${
    ARTICLES / 2
  } ORDER BY article_id LIMIT 2000)
    ORDER BY id LIMIT 2000`);
  return z.array(z.record(z.string(), z.string())).parse(rows).flatMap((row) => Object.values(row));
}

/** Adds small articles, all pending. */
async function fill({ sql }: BenchServers) {
  const rows = await sql<{ id: number }[]>`
    INSERT INTO original_articles (title, content)
    SELECT 'Filler ' || n, '<p>Nothing but a line that is long enough to be kept.</p>'
    FROM generate_series(1, ${ARTICLES}::integer) AS n
    RETURNING id`;
  await push("LPUSH", rows.map(({ id }) => id));
  await sql`DELETE FROM outbox`;
  await sql`VACUUM ANALYZE`;
}

/** Marks all articles as processed, and empties the queue. */
async function finishAll({ sql, redis }: BenchServers) {
  await sql`
    UPDATE article_states SET state = 'processed', processed_at = now() WHERE state = 'pending'`;
  await redis.send(["DEL", "pending:articles"]);
}

async function push(command: string, ids: number[]) {
  for (let from = 0; from < ids.length; from += CHUNK) {
    const chunk = ids.slice(from, from + CHUNK).map(String);
    await servers.redis.send([command, "pending:articles", ...chunk]);
  }
}
