import assert from "node:assert/strict";
import { audit } from "../support/audit.ts";
import { eventually } from "../support/eventually.ts";
import { type FaultArticle, faultArticles } from "../support/fault_articles.ts";
import { tell } from "../support/fault_form.ts";
import type { Millrace } from "../support/millrace.ts";
import { importAll } from "../support/producer.ts";
import { heldBy, onStage, setStage, type Stage } from "../support/stage.ts";
import { startTcpProxy, type TcpProxy } from "../support/tcp_proxy.ts";

/** As many as a node with one worker takes at once. */
const ARTICLES = 150;
/** The lease of a node that is gone ends after 30 s. */
const BACK_WITHIN_MS = 45_000;

/** Kills a node when Postgres has settled a part of what it held and the queue does not know it yet. */
async function killAfterCommit(stage: Stage, node: Millrace, wire: TcpProxy) {
  const { sql } = stage.database;
  const articles = await faultArticles(ARTICLES);
  await sql.begin(async (lock) => {
    // A settlement cannot be committed as long as this is held.
    await lock`LOCK TABLE processor_tally IN ACCESS EXCLUSIVE MODE`;
    await importAll(node, articles);
    await eventually(async () => {
      const [{ waiting } = { waiting: 0 }] = await sql<{ waiting: number }[]>`
        SELECT count(*) AS waiting FROM pg_locks
        WHERE NOT granted AND relation = 'processor_tally'::regclass`;
      assert.ok(waiting > 0, "nothing is being settled");
      assert.equal(await heldBy(stage, node), ARTICLES);
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
  ...onStage("what a node left that never comes back is made good by another within 45 seconds"),
  async fn() {
    await using stage = await setStage();
    await using wire = startTcpProxy(stage.redis.port);
    const node = await stage.node("all", { REDIS_URL: `redis://127.0.0.1:${wire.port}` });
    const articles = await killAfterCommit(stage, node, wire);
    const died = Date.now();
    await stage.node("worker");
    await auditAll(stage, articles);
    const took = Date.now() - died;
    tell(`what a dead node had held was made good ${took} ms after its death`);
    assert.ok(took < BACK_WITHIN_MS, `${took} ms`);
  },
});
