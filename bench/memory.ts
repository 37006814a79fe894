// Memory growth of a worker node over a million articles.
//
//   deno task bench memory [articles] [articles a lap]
//
// The same articles are processed in each lap. Between laps the results are deleted and the articles'
// states reset, so that the disk holds one lap only.

import { startMillrace } from "../tests/support/millrace.ts";
import { controlNode } from "./support/node_control.ts";
import { untilQuiet } from "./support/quiet.ts";
import { figure, print, printTable, writeResults } from "./support/report.ts";
import { type BenchServers, startBenchServers } from "./support/bench_servers.ts";
import { quantile } from "./support/statistics.ts";
import { residentBytes } from "./support/usage.ts";

const COUNT = Number(Deno.args[0] ?? 1_000_000);
const LAP = Number(Deno.args[1] ?? 20_000);
const SAMPLE_MS = 200;
/** The number of rows of the table. */
const PARTS = 10;
const MIB = 2 ** 20;

interface Sample {
  /** Articles processed so far. */
  articles: number;
  bytes: number;
}

await using servers = await startBenchServers();
const ids = await servers.storeArticles(0, LAP);
await using node = await startMillrace({
  env: { ROLE: "worker", DATABASE_URL: servers.postgresUrl, REDIS_URL: servers.redisUrl },
});
const { pause, timeTo } = controlNode(servers);
// A starting node enqueues the unfinished articles that it finds.
while (await processed(servers) < LAP) await new Promise((end) => setTimeout(end, SAMPLE_MS));
await pause();

await untilQuiet();
const samples: Sample[] = [];
let seconds = 0;
for (let done = 0; done < COUNT; done += LAP) {
  await resetArticles(servers);
  await servers.redis.send(["LPUSH", "pending:articles", ...ids.map(String)]);
  const sampling = setInterval(async () => {
    const now = await Promise.all([processed(servers), residentBytes(node.pid)]);
    samples.push({ articles: now[0] - LAP, bytes: now[1] });
  }, SAMPLE_MS);
  seconds += await timeTo(LAP);
  clearInterval(sampling);
  await pause();
  if ((done + LAP) % (COUNT / PARTS) < LAP) {
    print(`${figure(done + LAP)} articles: ${figure(samples.at(-1)!.bytes / MIB)} MiB\n`);
  }
}

const rows = Array.from({ length: PARTS }, (_, part) => {
  const [from, to] = [COUNT / PARTS * part, COUNT / PARTS * (part + 1)];
  const sizes = samples.filter(({ articles }) => articles >= from && articles < to)
    .map(({ bytes }) => bytes / MIB);
  return {
    articles: to,
    least: Math.min(...sizes),
    median: quantile(sizes, 0.5),
    most: Math.max(...sizes),
  };
});
const growth = slope(samples.filter(({ articles }) => articles >= COUNT / PARTS)) * 1e6 / MIB;

printTable(`A worker node's resident memory over ${figure(COUNT)} articles, MiB`, rows, {
  "articles": ({ articles }) => figure(articles),
  "least": ({ least }) => figure(least),
  "median": ({ median }) => figure(median),
  "most": ({ most }) => figure(most),
});
print(`\nGrowth after the first tenth: ${figure(growth, 1)} MiB per million articles\n`);
await writeResults("memory", {
  articles: COUNT,
  lap: LAP,
  articlesASecond: Math.round(COUNT / seconds),
  growthMiBAMillion: growth,
  rows,
  samples: samples.map(({ articles, bytes }) => [articles, Math.round(bytes / MIB)]),
});

async function processed({ redis }: BenchServers): Promise<number> {
  return Number(await redis.send(["HGET", "processor:stats", "total_processed"]));
}

/** Resets the articles to the state after intake. */
async function resetArticles({ sql }: BenchServers) {
  await sql`TRUNCATE titles, contents`;
  await sql`
    UPDATE article_states
    SET state = 'pending', revision = 1, paragraphs = NULL, processed_at = NULL, changed_at = now()`;
  await sql`VACUUM article_states`;
}

/** Returns the growth in bytes per article: the slope of a least-squares fit. */
function slope(samples: readonly Sample[]): number {
  const mean = (of: (sample: Sample) => number) =>
    samples.reduce((sum, sample) => sum + of(sample), 0) / samples.length;
  const [x, y] = [mean(({ articles }) => articles), mean(({ bytes }) => bytes)];
  return mean(({ articles, bytes }) => (articles - x) * (bytes - y)) /
    mean(({ articles }) => (articles - x) ** 2);
}
