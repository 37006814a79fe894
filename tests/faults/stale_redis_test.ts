import assert from "node:assert/strict";
import { audit } from "../support/audit.ts";
import { eventually } from "../support/eventually.ts";
import { faultArticles, inParts } from "../support/fault_articles.ts";
import { printMeasurement } from "../support/fault_form.ts";
import { importAll } from "../support/producer.ts";
import {
  command,
  configure,
  startTestCluster,
  statusOf,
  withServers,
} from "../support/test_cluster.ts";

const MARK = "[[millrace:throw]]";

Deno.test({
  ...withServers("a Redis that restarts with an old snapshot is reconciled"),
  async fn() {
    // Without an append-only file, it restarts with its last snapshot.
    await using cluster = await startTestCluster({ appendOnly: false });
    const { sql } = cluster.database;
    const node = await cluster.startNode("all", { MILLRACE_POISON: "on" });
    await configure(node, { retry_max: 0 });
    const [done = [], snapshot = [], healed = [], later = []] = inParts(
      await faultArticles(400),
      4,
    );
    await importAll(node, [
      ...done,
      ...healed.map((article) => ({ ...article, content: article.content + MARK })),
    ]);
    await eventually(async () => {
      const { queue_dead, processed_total } = await statusOf(node);
      assert.deepEqual({ queue_dead, processed_total }, {
        queue_dead: healed.length,
        processed_total: done.length,
      });
    });
    await command(node, "stop");
    await eventually(async () => assert.equal((await statusOf(node)).running, false));
    await importAll(node, snapshot);
    await cluster.redis.command("SAVE");

    // Redis loses the following changes: waiting articles are processed, dead ones are retried successfully,
    // new ones wait.
    await command(node, "start");
    await eventually(async () => assert.equal((await statusOf(node)).queue_pending, 0));
    await command(node, "stop");
    await eventually(async () => {
      const { running, in_flight } = await statusOf(node);
      assert.deepEqual({ running, in_flight }, { running: false, in_flight: 0 });
    });
    await sql`
      UPDATE original_articles SET content = replace(content, ${MARK}, '')
      WHERE content LIKE ${`%${MARK}%`}`;
    await importAll(node, later);
    await eventually(async () => {
      const [{ notes } = { notes: NaN }] = await sql<{ notes: number }[]>`
        SELECT count(*) AS notes FROM outbox`;
      assert.equal(notes, 0, "the queue lacks some articles");
    }, 20_000);

    await cluster.redis.kill();
    await cluster.redis.restart();
    await command(node, "start").catch(() => eventually(() => command(node, "start")));
    const { processed } = await audit({
      sql,
      articles: 400,
      revived: healed.length,
      broker: cluster.broker,
      status: () => statusOf(node),
    });
    printMeasurement(
      `${processed} articles done, of which the snapshot had ${healed.length} as dead`,
    );
  },
});
