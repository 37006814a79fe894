import assert from "node:assert/strict";
import { audit } from "../support/audit.ts";
import { eventually } from "../support/eventually.ts";
import { faultArticles } from "../support/fault_articles.ts";
import { byForm, printMeasurement } from "../support/fault_form.ts";
import { importAll } from "../support/producer.ts";
import {
  configure,
  startTestCluster,
  statusOf,
  type TestCluster,
  withServers,
} from "../support/test_cluster.ts";

const ARTICLES = byForm({ short: 20, long: 800 });
const WITHIN_MS = byForm({ short: 180_000, long: 900_000 });
const MARK = "[[millrace:loop]]";
/** A worker is replaced after it interrupted so many articles. */
const LOOPS_A_RESTART = 20;

const harmful = ({ content }: { content: string }) => content.includes(MARK);

/** Articles of which a share loops, spread evenly. */
async function poisoned(percent: number) {
  const articles = await faultArticles(ARTICLES);
  const loopsBefore = (i: number) => Math.floor(i * percent / 100);
  return articles.map((article, i) =>
    loopsBefore(i) === loopsBefore(i + 1)
      ? article
      : { ...article, content: `${article.content}<p>${MARK}</p>` }
  );
}

/** How many failures were stored before the last article was processed. */
async function failuresBeforeLastProcessed({ database: { sql } }: TestCluster): Promise<number> {
  const [row] = await sql`
    SELECT count(*)::int AS failures FROM attempts
    WHERE at < (SELECT max(processed_at) FROM article_states)`;
  return Number(row?.failures);
}

for (const percent of byForm({ short: [10, 90], long: [10, 50, 90] })) {
  Deno.test({
    ...withServers(
      `with ${percent} % of the articles looping, the others do not wait for them`,
    ),
    async fn() {
      await using cluster = await startTestCluster();
      const node = await cluster.startNode("all", { MILLRACE_POISON: "on" });
      await configure(node, { retry_max: 0, time_limit_seconds: 1 });
      const articles = await poisoned(percent);
      const loops = articles.filter(harmful).length;
      assert.equal(loops, ARTICLES * percent / 100);
      const began = Date.now();
      await importAll(node, articles);
      await eventually(async () => {
        assert.equal((await statusOf(node)).processed_total, ARTICLES - loops);
      }, WITHIN_MS);
      printMeasurement(`${ARTICLES - loops} neighbors of ${loops} loops: ${Date.now() - began} ms`);
      const { dead } = await audit({
        sql: cluster.database.sql,
        articles: ARTICLES,
        harmful,
        deadAfter: 1,
        broker: cluster.broker,
        withinMs: WITHIN_MS,
      });
      assert.equal(dead, loops);
      // Each failure takes a second of a thread of its own, two at a time.
      const failures = await failuresBeforeLastProcessed(cluster);
      assert.ok(failures <= loops / 2 + 2, `${failures} loops failed before all others were done`);
      const { worker_restarts, nodes: [row] } = await statusOf(node);
      assert.equal(row?.restarts, worker_restarts);
      // Each loop ends its thread in quarantine.
      assert.ok(worker_restarts >= loops, `${worker_restarts} restarts`);
      const most = loops + loops / LOOPS_A_RESTART;
      assert.ok(worker_restarts <= most, `${worker_restarts} restarts`);
    },
  });
}
