import assert from "node:assert/strict";
import { audit } from "../support/audit.ts";
import { eventually } from "../support/eventually.ts";
import { faultArticles } from "../support/fault_articles.ts";
import { tell } from "../support/fault_form.ts";
import { importAll } from "../support/producer.ts";
import { heldBy, nameOf, onStage, setStage, statusOf, untilAtWork } from "../support/stage.ts";

const ARTICLES = 400;
/** The lease of a node that is silent ends after 30 s. */
const LOST_AFTER_MS = 45_000;

Deno.test({
  ...onStage(
    "a node that froze until others had done its articles does nothing to them when it thaws",
  ),
  async fn() {
    await using stage = await setStage();
    const { sql } = stage.database;
    const web = await stage.node("web");
    const frozen = await stage.node("worker");
    await sql.begin(async (lock) => {
      // Nothing can be settled as long as this is held.
      await lock`LOCK TABLE processor_tally IN ACCESS EXCLUSIVE MODE`;
      await importAll(web, await faultArticles(ARTICLES));
      await untilAtWork(stage, frozen);
      Deno.kill(frozen.pid, "SIGSTOP");
    });
    const held = await heldBy(stage, frozen);
    try {
      await stage.node("worker");
      await eventually(async () => {
        const unfinished = await sql`SELECT FROM article_states WHERE state <> 'processed'`;
        assert.deepEqual([unfinished.length, await heldBy(stage, frozen)], [0, 0]);
      }, LOST_AFTER_MS);
    } finally {
      Deno.kill(frozen.pid, "SIGCONT");
    }
    const name = await nameOf(frozen);
    await eventually(async () => {
      const row = (await statusOf(web)).nodes.find(({ node }) => node === name);
      assert.deepEqual([row?.lost, row?.in_flight], [false, 0]);
    }, 30_000);
    const { attempts } = await audit({
      sql,
      articles: ARTICLES,
      broker: stage.broker,
      status: () => statusOf(web),
    });
    assert.equal(attempts, 0);
    tell(`others had done the ${held} articles of a frozen node; it changed none of them`);
  },
});
