import assert from "node:assert/strict";
import { audit } from "../support/audit.ts";
import { eventually } from "../support/eventually.ts";
import { type FaultArticle, faultArticles, inParts } from "../support/fault_articles.ts";
import { printMeasurement } from "../support/fault_form.ts";
import { runPostgresTool } from "../support/postgres.ts";
import { importAll } from "../support/producer.ts";
import {
  command,
  configure,
  startTestCluster,
  statusOf,
  withServers,
} from "../support/test_cluster.ts";

const MARK = "[[millrace:throw]]";
const harmful = ({ content }: { content: string }) => content.includes(MARK);
const harm = (article: FaultArticle) => ({ ...article, content: article.content + MARK });

for (const [signal, how] of [["SIGTERM", "stopped"], ["SIGKILL", "killed"]] as const) {
  Deno.test({
    ...withServers(`a restored dump and a Redis with later ids agree; the node was ${how}`),
    async fn() {
      await using cluster = await startTestCluster();
      const { sql } = cluster.database;
      const node = await cluster.startNode("all", { MILLRACE_POISON: "on" });
      await configure(node, { retry_max: 0 });
      const parts = inParts(await faultArticles(600), 6);
      const [kept = [], keptDead = [], later = [], laterDead = [], waiting = [], reused = []] =
        parts;
      await importAll(node, [...kept, ...keptDead.map(harm)]);
      await eventually(async () => {
        const { processed_total, queue_dead } = await statusOf(node);
        assert.deepEqual([processed_total, queue_dead], [kept.length, keptDead.length]);
      });
      const dump = `${node.dataDir}/dump`;
      await runPostgresTool("pg_dump", ["--format=custom", `--file=${dump}`, cluster.postgres.url]);

      // The dump knows nothing of these: done, dead, waiting.
      await importAll(node, [...later, ...laterDead.map(harm)]);
      await eventually(async () => {
        const { processed_total, queue_dead } = await statusOf(node);
        assert.equal(processed_total, kept.length + later.length);
        assert.equal(queue_dead, keptDead.length + laterDead.length);
      });
      await command(node, "stop");
      await eventually(async () => assert.equal((await statusOf(node)).running, false));
      await importAll(node, waiting);
      await node.kill(signal);
      // What a node that never returns holds.
      const [{ newest } = { newest: 0 }] = await sql<{ newest: number }[]>`
        SELECT max(id)::int8 AS newest FROM original_articles`;
      await cluster.redis.command("SADD", "processor:active:other", String(newest));
      await cluster.redis.command("ZADD", "processor:leases", "9999999999999", "other");

      await runPostgresTool("pg_restore", [
        "--clean",
        "--if-exists",
        `--dbname=${cluster.postgres.url}`,
        dump,
      ]);
      // As a node that took ids of lost articles before the restoration was detected.
      await sql`
        INSERT INTO article_states (article_id, state, reason, tries, due_at) VALUES
          (${newest}, 'retry', 'missing', 1, now()), (${newest - 1}, 'dead', 'missing', 1, NULL)`;
      await node.start();
      const { queue_pending, queue_retry, queue_dead, processed_total } = await statusOf(node);
      assert.deepEqual({ queue_pending, queue_retry, queue_dead, processed_total }, {
        queue_pending: 0,
        queue_retry: 0,
        queue_dead: keptDead.length,
        processed_total: kept.length,
      });
      assert.match(node.log(), /restored from an earlier time: 200 ids/);
      const { data } = await (await node.fetch("/api/events?kind=database_restored")).json();
      assert.deepEqual(data.events.map(({ counts }: { counts: unknown }) => counts), [{
        articles: 200,
      }]);

      await importAll(node, reused);
      const [{ first } = { first: 0 }] = await sql<{ first: number }[]>`
        SELECT min(id)::int8 AS first FROM original_articles
        WHERE id > ${kept.length + keptDead.length}`;
      assert.ok(first > 0 && first <= newest, "the restored sequence gives out the ids again");
      const { processed, dead } = await audit({
        sql,
        articles: kept.length + keptDead.length + reused.length,
        harmful,
        deadAfter: 1,
        broker: cluster.broker,
        status: () => statusOf(node),
      });
      printMeasurement(
        `${processed} articles done, ${dead} dead, 200 ids without an article dropped`,
      );
    },
  });
}
