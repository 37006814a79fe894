import assert from "node:assert/strict";
import { audit } from "../support/audit.ts";
import { eventually } from "../support/eventually.ts";
import { type FaultArticle, faultArticles } from "../support/fault_articles.ts";
import { tell } from "../support/fault_form.ts";
import type { Millrace } from "../support/millrace.ts";
import { importAll } from "../support/producer.ts";
import { onStage, setStage, type Stage } from "../support/stage.ts";
import { startTcpProxy, type TcpProxy } from "../support/tcp_proxy.ts";

/** One batch: all of it is settled when the node dies. */
const ARTICLES = 50;

/** Kills a node when Postgres has settled what it held and the queue does not know it yet. */
async function killAfterCommit(stage: Stage, node: Millrace, wire: TcpProxy) {
  const { sql } = stage.database;
  const articles = (await faultArticles(ARTICLES)).slice(0, ARTICLES);
  await sql.begin(async (lock) => {
    // A settlement cannot be committed as long as this is held.
    await lock`LOCK TABLE processor_tally IN ACCESS EXCLUSIVE MODE`;
    await importAll(node, articles);
    await eventually(async () => {
      const [{ waiting } = { waiting: 0 }] = await sql<{ waiting: number }[]>`
        SELECT count(*) AS waiting FROM pg_locks
        WHERE NOT granted AND relation = 'processor_tally'::regclass`;
      assert.ok(waiting > 0, "nothing is being settled");
      assert.equal(Number(await stage.broker.send(["LLEN", "pending:articles"])), 0);
    });
    wire.stall();
  });
  const settled = await eventually(async () => {
    const [{ done } = { done: 0 }] = await sql<{ done: number }[]>`
      SELECT count(*) AS done FROM article_states WHERE state = 'processed'`;
    assert.ok(done > 0, "nothing was committed");
    return done;
  });
  await node.kill();
  wire.resume();
  tell(`killed with ${settled} of ${ARTICLES} articles settled in Postgres alone`);
  return articles;
}

async function auditAll({ database, broker }: Stage, articles: FaultArticle[]) {
  await audit({ sql: database.sql, articles: articles.length, broker });
}

Deno.test({
  ...onStage("a node killed between Postgres and the queue repeats the step without effect"),
  async fn() {
    await using stage = await setStage();
    await using wire = startTcpProxy(stage.redis.port);
    const node = await stage.node("all", { REDIS_URL: `redis://127.0.0.1:${wire.port}` });
    const articles = await killAfterCommit(stage, node, wire);
    await node.start();
    await auditAll(stage, articles);
  },
});

Deno.test({
  ...onStage("another node makes good what one left between Postgres and the queue"),
  async fn() {
    await using stage = await setStage();
    await using wire = startTcpProxy(stage.redis.port);
    const node = await stage.node("all", { REDIS_URL: `redis://127.0.0.1:${wire.port}` });
    const articles = await killAfterCommit(stage, node, wire);
    await stage.node("worker");
    await auditAll(stage, articles);
  },
});
