import assert from "node:assert/strict";
import { audit } from "../support/audit.ts";
import { faultArticles } from "../support/fault_articles.ts";
import { byForm, printMeasurement } from "../support/fault_form.ts";
import { importAll } from "../support/producer.ts";
import { configure, startTestCluster, statusOf, withServers } from "../support/test_cluster.ts";

const ARTICLES = byForm({ short: 600, long: 6_000 });
const RETRY_MAX = byForm({ short: 1, long: 3 });
/** One in this many articles is harmful. */
const ONE_IN = 100;
const HARM = [
  { mark: "[[millrace:throw]]", reasons: ["threw"] },
  { mark: "[[millrace:loop]]", reasons: ["timed_out"] },
  // Whichever limit is exceeded first.
  { mark: "[[millrace:allocate]]", reasons: ["crashed", "timed_out"] },
];

const harmful = ({ content }: { content: string }) => content.includes("[[millrace:");

async function poisoned() {
  const articles = await faultArticles(ARTICLES);
  return articles.map((article, i) => {
    const harm = HARM[Math.floor(i / ONE_IN) % HARM.length];
    const isHarmful = i % ONE_IN === ONE_IN >> 1;
    return isHarmful ? { ...article, content: `${article.content}<p>${harm?.mark}</p>` } : article;
  });
}

Deno.test({
  ...withServers(
    "articles that throw, loop or exhaust memory fail alone, and all others are processed",
  ),
  async fn() {
    await using cluster = await startTestCluster();
    const env = { MILLRACE_POISON: "on" };
    const web = await cluster.startNode("web");
    await configure(web, { retry_max: RETRY_MAX, time_limit_seconds: 2 });
    const workers = [
      await cluster.startNode("worker", env),
      await cluster.startNode("worker", env),
    ];
    const pids = workers.map(({ pid }) => pid);
    const articles = await poisoned();
    const began = Date.now();
    await importAll(web, articles);
    const { dead, attempts } = await audit({
      sql: cluster.database.sql,
      articles: articles.length,
      harmful,
      deadAfter: RETRY_MAX + 1,
      broker: cluster.broker,
      status: () => statusOf(web),
      withinMs: 300_000,
    });
    assert.equal(dead, Math.round(articles.length / ONE_IN));
    for (const { mark, reasons } of HARM) {
      const found = await cluster.database.sql`
        SELECT DISTINCT reason FROM article_states
        JOIN original_articles ON original_articles.id = article_id
        WHERE content LIKE ${`%${mark}%`}`;
      assert.ok(found.length > 0, mark);
      for (const { reason } of found) assert.ok(reasons.includes(String(reason)), mark);
    }
    assert.deepEqual(workers.map(({ pid }) => pid), pids, "no node was lost");
    printMeasurement(
      `${dead} harmful of ${articles.length}, ${attempts} failed tries: ${Date.now() - began} ms`,
    );
  },
});
