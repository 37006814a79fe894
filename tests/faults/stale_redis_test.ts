import assert from "node:assert/strict";
import { audit } from "../support/audit.ts";
import { eventually } from "../support/eventually.ts";
import { faultArticles, inParts } from "../support/fault_articles.ts";
import { tell } from "../support/fault_form.ts";
import { importAll } from "../support/producer.ts";
import { command, configure, onStage, setStage, statusOf } from "../support/stage.ts";

const MARK = "[[millrace:throw]]";

Deno.test({
  ...onStage("a Redis that comes back with what it had long ago is brought up to date"),
  async fn() {
    // Without a log of its writes it comes back with its last snapshot.
    await using stage = await setStage({ appendOnly: false });
    const { sql } = stage.database;
    const node = await stage.node("all", { MILLRACE_POISON: "on" });
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
    await stage.redis.command("SAVE");

    // What follows is forgotten: the waiting ones are done, the dead ones healed, new ones wait.
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
      assert.equal(notes, 0, "the queue has not got all");
    }, 20_000);

    await stage.redis.kill();
    await stage.redis.restart();
    await command(node, "start").catch(() => eventually(() => command(node, "start")));
    const { processed } = await audit({
      sql,
      articles: 400,
      revived: healed.length,
      broker: stage.broker,
      status: () => statusOf(node),
    });
    tell(`${processed} articles done, of which the snapshot had ${healed.length} as dead`);
  },
});
