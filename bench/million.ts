// Response times of each page and of the HTTP interface behind it with a million articles, a hundred
// thousand of them dead letters: at rest, and of those that count failures also while articles fail and are
// retried.
//
//   deno task bench million [articles] [samples]

import { eventually } from "../tests/support/eventually.ts";
import {
  COMMON_CAUSE,
  COMMON_TEXT,
  RARE_TEXT,
  storeManyArticles,
} from "../tests/support/many_articles.ts";
import { startMillrace } from "../tests/support/millrace.ts";
import { generateArticle } from "./articles.ts";
import { startFailing } from "./support/failing.ts";
import { untilQuiet } from "./support/quiet.ts";
import { figure, print, printTable, writeResults } from "./support/report.ts";
import { startBenchServers } from "./support/bench_servers.ts";
import { quantile } from "./support/statistics.ts";

const COUNT = Number(Deno.args[0] ?? 1_000_000);
const SAMPLES = Number(Deno.args[1] ?? 100);
const WARM_UP = 5;
const BUDGET_MS = 100;

/** A page or an API endpoint, with the URLs that are requested in turn. */
interface Subject {
  name: string;
  path: () => string;
}

const anyId = () => 1 + Math.floor(Math.random() * COUNT);
const anyDeadId = () => Math.floor(anyId() / 10) * 10 + 3;
/** The place of any article in the list of failures: one has failed each 0.4 s. */
const anyFailure = () => `${Date.now() * 1_000 - anyId() * 400_000}.1`;
const hourAgo = () => Date.now() - 3_600_000;
const query = (path: string, fields: Record<string, string | number>) =>
  `${path}?${new URLSearchParams(Object.entries(fields).map(([name, of]) => [name, String(of)]))}`;
const same = (path: string, fields: Record<string, string | number> = {}): Subject => ({
  name: decodeURIComponent(query(path, fields).replace(/\?$/, "")).replaceAll("+", " "),
  path: () => query(path, fields),
});
const deep = (path: string, fields: Record<string, string | number> = {}): Subject => ({
  name: `${same(path, { ...fields, cursor: "any" }).name}`,
  path: () => query(path, { ...fields, cursor: path === "/failures" ? anyFailure() : anyId() }),
});

/** The pages that count failures by facet. */
const FACETED: Subject[] = [
  same("/failures", { reason: "timed_out", group: "group 7" }),
  same("/failures", { node: "node-3", source: "many", state: "dead" }),
  { name: "/failures?since=an hour ago", path: () => query("/failures", { since: hourAgo() }) },
  same("/failures", { group: "group 7", ask: "retry" }),
  same("/api/failures/facets"),
  same("/api/failures/facets", { reason: "threw", group: "group 7" }),
];

const SUBJECTS: Subject[] = [
  same("/"),
  same("/", { span: "7d" }),
  same("/workers"),
  same("/failures"),
  same("/failures", { state: "dead" }),
  same("/failures", { q: "Cannot do step" }),
  same("/failures", { q: "nothing like it" }),
  same("/failures", { ask: "clear" }),
  same("/failures", { cause: COMMON_CAUSE }),
  deep("/failures", { cause: COMMON_CAUSE }),
  same("/failures", { cause: "threw: Cannot do step MC with #" }),
  ...FACETED,
  same("/articles"),
  deep("/articles"),
  same("/articles", { q: COMMON_TEXT }),
  same("/articles", { q: RARE_TEXT }),
  deep("/articles", { q: RARE_TEXT }),
  same("/articles", { q: "not in any title" }),
  { name: "/articles?source=any", path: () => query("/articles", { source: `many-${anyId()}` }) },
  same("/articles", { group: "group 7" }),
  deep("/articles", { group: "group 7" }),
  ...["pending", "retry", "dead", "processed", "discarded"].map((state) =>
    same("/articles", { state })
  ),
  deep("/articles", { state: "dead" }),
  same("/articles", { state: "dead", q: COMMON_TEXT }),
  same("/articles", { state: "dead", q: RARE_TEXT }),
  same("/articles", { state: "retry", q: RARE_TEXT, group: "group 7" }),
  { name: "/articles/{any}", path: () => `/articles/${anyId()}` },
  { name: "/articles/{a dead one}", path: () => `/articles/${anyDeadId()}` },
  same("/logs"),
  same("/settings"),
  same("/import"),
  same("/api/processor/status"),
  same("/api/processor/stats"),
  same("/api/processor/history", { span: "24h" }),
  same("/api/processor/logs"),
  same("/api/processor/config"),
  same("/api/processor/changes"),
  same("/api/failures"),
  same("/api/failures/causes"),
  same("/api/failures/count"),
  same("/api/operations"),
  same("/api/articles"),
  same("/api/articles", { text: COMMON_TEXT, state: "dead" }),
  { name: "/api/articles/{any}", path: () => `/api/articles/${anyId()}` },
  same("/metrics"),
];

await using servers = await startBenchServers({
  // Durability is irrelevant for the setup, which is not measured.
  fsync: "off",
  synchronous_commit: "off",
  max_wal_size: "8GB",
  maintenance_work_mem: "512MB",
  shared_buffers: "512MB",
});
const contents = Array.from({ length: 20 }, (_, index) => generateArticle(index).content);
const began = performance.now();
await storeManyArticles(servers.sql, COUNT, contents);
print(`${figure(COUNT)} articles stored in ${figure((performance.now() - began) / 1_000)} s\n`);

await using node = await startMillrace({
  env: { ROLE: "all", DATABASE_URL: servers.postgresUrl, REDIS_URL: servers.redisUrl },
});
// The node fills the empty queue from Postgres.
const expected = { queue_dead: COUNT / 10, queue_retry: COUNT / 100, queue_pending: COUNT / 20 };
await eventually(async () => {
  const { data } = await (await node.fetch("/api/processor/status")).json();
  for (const [name, count] of Object.entries(expected)) {
    if (data[name] !== count) throw new Error(`${name} is ${data[name]}, not ${count}`);
  }
}, 120_000);
await untilQuiet();

/** The pages that are measured again while articles fail and are retried. */
const CHANGING = [
  ...["/", "/failures", "/failures?state=dead", "/failures?ask=clear", "/articles"].map((name) =>
    SUBJECTS.find((subject) => subject.name === name)!
  ),
  ...FACETED,
  same("/api/failures/causes"),
];
const EACH_TENTH = 20;

const results = await measure(SUBJECTS);
const failing = startFailing(servers.sql, EACH_TENTH);
const changing = await measure(CHANGING);
const perSecond = failing.perSecond();
await failing[Symbol.asyncDispose]();

report(`Response times with ${figure(COUNT)} articles, ms`, results);
print("");
report(
  `The same while ${figure(perSecond.failed)} articles a second fail and ${
    figure(perSecond.retried)
  } are retried, ms`,
  changing,
);
const late = [...results, ...changing].filter(({ p99 }) => p99 > BUDGET_MS);
print(
  late.length === 0
    ? `\nAll are within ${BUDGET_MS} ms.\n`
    : `\nBeyond ${BUDGET_MS} ms: ${late.map(({ name }) => name).join(", ")}\n`,
);
await writeResults("million", {
  articles: COUNT,
  samples: SAMPLES,
  budgetMs: BUDGET_MS,
  results,
  changing: { perSecond, results: changing },
});

interface Figures {
  name: string;
  p50: number;
  p99: number;
  most: number;
}

async function measure(subjects: readonly Subject[]): Promise<Figures[]> {
  const measured: Figures[] = [];
  for (const { name, path } of subjects) {
    const times: number[] = [];
    for (let sample = 0; sample < WARM_UP + SAMPLES; sample++) {
      const { ms, status } = await request(path());
      if (status !== 200) throw new Error(`${name} returned ${status}`);
      if (sample >= WARM_UP) times.push(ms);
    }
    const [p50, p99] = [quantile(times, 0.5), quantile(times, 0.99)];
    measured.push({ name, p50, p99, most: Math.max(...times) });
  }
  return measured;
}

function report(title: string, figures: readonly Figures[]) {
  printTable(title, figures, {
    "": ({ name }) => `\`${name}\``,
    "p50": ({ p50 }) => figure(p50, 1),
    "p99": ({ p99 }) => figure(p99, 1),
    "share of the budget": ({ p99 }) => `${figure(100 * p99 / BUDGET_MS)} %`,
  });
}

/** Requests a path over loopback; returns the time to the last byte. */
async function request(path: string): Promise<{ ms: number; status: number }> {
  const startedAt = performance.now();
  const response = await node.fetch(path, { headers: { accept: "text/html,application/json" } });
  await response.arrayBuffer();
  return { ms: performance.now() - startedAt, status: response.status };
}
