import assert from "node:assert/strict";
import { audit } from "../support/audit.ts";
import { eventually } from "../support/eventually.ts";
import { faultArticles, inParts } from "../support/fault_articles.ts";
import { anyUpTo, byForm, pause, tell } from "../support/fault_form.ts";
import { startMillrace } from "../support/millrace.ts";
import { importAll } from "../support/producer.ts";
import { heldBy, onStage, setStage, untilAtWork } from "../support/stage.ts";
import { startTcpProxy } from "../support/tcp_proxy.ts";

const STOPS = byForm({ short: 2, long: 15 });
const ARTICLES = byForm({ short: 2_400, long: 12_000 });
const MOMENT_MS = 100;
const SAME_MS = 600;
/** What is being processed has 10 s, requests have 5, servers that do not answer some more. */
const GRACE_MS = 20_000;

Deno.test({
  ...onStage(
    "SIGTERM under load ends a node with 0, nothing active, nothing failed, all the rest done",
  ),
  async fn() {
    await using stage = await setStage();
    const web = await stage.node("web");
    const node = await stage.node("all");
    const articles = await faultArticles(ARTICLES);
    const took: number[] = [];
    for (const part of inParts(articles, STOPS)) {
      const importing = importAll(web, part);
      await untilAtWork(stage, node);
      await pause(anyUpTo(MOMENT_MS));
      const began = Date.now();
      const { code } = await node.kill("SIGTERM");
      took.push(Date.now() - began);
      assert.equal(code, 0, node.log());
      assert.equal(await heldBy(stage, node), 0, "active after an orderly stop");
      await node.start();
      await importing;
    }
    const { attempts } = await audit({
      sql: stage.database.sql,
      articles: articles.length,
      broker: stage.broker,
    });
    assert.equal(attempts, 0, "to be stopped is no failure");
    assert.ok(Math.max(...took) < GRACE_MS);
    tell(`${STOPS} orderly stops under load took ${took.join(", ")} ms`);
  },
});

Deno.test({
  ...onStage("what cannot be finished within the grace is given back, untried"),
  async fn() {
    await using stage = await setStage();
    await using wire = startTcpProxy(stage.postgres.port);
    const url = `postgres://postgres@127.0.0.1:${wire.port}/postgres`;
    const node = await stage.node("worker", { DATABASE_URL: url });
    const web = await stage.node("web");
    const articles = await faultArticles(600);
    wire.stall();
    await importAll(web, articles);
    await untilAtWork(stage, node);
    const began = Date.now();
    const { code } = await node.kill("SIGTERM");
    tell(`with a silent Postgres the stop took ${Date.now() - began} ms`);
    assert.ok(Date.now() - began < GRACE_MS);
    assert.equal(await heldBy(stage, node), 0, node.log());
    assert.equal(Number(await stage.broker.send(["LLEN", "pending:articles"])), articles.length);
    assert.equal(code, 0, node.log());
    wire.resume();
    await node.start();
    const { attempts } = await audit({
      sql: stage.database.sql,
      articles: articles.length,
      broker: stage.broker,
    });
    assert.equal(attempts, 0);
  },
});

Deno.test({
  ...onStage("a second SIGTERM ends a node at once, and what it held is done when it is back"),
  async fn() {
    await using stage = await setStage();
    const node = await stage.node("all");
    const articles = await faultArticles(600);
    await stage.database.sql.begin(async (lock) => {
      // Nothing can be settled as long as this is held.
      await lock`LOCK TABLE processor_tally IN ACCESS EXCLUSIVE MODE`;
      await importAll(node, articles);
      await untilAtWork(stage, node);
      const began = Date.now();
      Deno.kill(node.pid, "SIGTERM");
      await eventually(() => assert.match(node.log(), /stops/));
      // One that comes together with the first is the same.
      await pause(SAME_MS);
      const { code } = await node.kill("SIGTERM");
      assert.equal(code, 130);
      assert.ok(Date.now() - began < 2_000);
    });
    await node.start();
    const { attempts } = await audit({
      sql: stage.database.sql,
      articles: articles.length,
      broker: stage.broker,
    });
    assert.equal(attempts, 0);
  },
});

Deno.test("a Ctrl-C that comes twice, from the terminal and handed on, is an orderly stop", async () => {
  await using node = await startMillrace();
  Deno.kill(node.pid, "SIGINT");
  const { code } = await node.kill("SIGINT");
  assert.equal(code, 0, node.log());
  assert.match(node.log(), /stops/);
});
