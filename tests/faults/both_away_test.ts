import assert from "node:assert/strict";
import { audit } from "../support/audit.ts";
import { eventually } from "../support/eventually.ts";
import { type FaultArticle, faultArticles, inParts } from "../support/fault_articles.ts";
import { byForm, pause, printMeasurement } from "../support/fault_form.ts";
import type { Millrace } from "../support/millrace.ts";
import { importAll } from "../support/producer.ts";
import {
  command,
  startTestCluster,
  statusOf,
  type TestCluster,
  waitUntilProcessing,
  withServers,
} from "../support/test_cluster.ts";

const ARTICLES = byForm({ short: 1_000, long: 12_000 });
/** The time with both servers away, and with only one of them. */
const AWAY_MS = byForm({ short: 1_000, long: 10_000 });

const SERVERS = {
  Redis: { part: "the broker", revive: ({ redis }: TestCluster) => redis.restart() },
  Postgres: { part: "the database", revive: ({ postgres }: TestCluster) => postgres.start() },
};

for (const [first, second] of [["Redis", "Postgres"], ["Postgres", "Redis"]] as const) {
  for (const isEmpty of [false, true]) {
    Deno.test({
      ...withServers(
        `both servers are killed, ${first} returns first${
          isEmpty ? ", Redis empty" : ""
        }, and nothing is lost`,
      ),
      async fn() {
        await using cluster = await startTestCluster();
        const nodes = [await cluster.startNode("all"), await cluster.startNode("worker")];
        const [web] = nodes as [Millrace];
        const importing = importAll(web, await faultArticles(ARTICLES));
        await waitUntilProcessing(cluster, ...nodes);
        await Promise.all([cluster.redis.kill(), cluster.postgres.kill()]);
        if (isEmpty) await cluster.redis.loseData();
        await assertAway(web, SERVERS[first].part, SERVERS[second].part);
        await assertIntake(web, 503, "It was posted during both outages.");
        await pause(AWAY_MS);
        await SERVERS[first].revive(cluster);
        await assertAway(web, SERVERS[second].part);
        await pause(AWAY_MS);
        const during = "It was posted during one outage.";
        await assertIntake(web, first === "Redis" ? 503 : 201, during);
        await SERVERS[second].revive(cluster);
        const back = Date.now();
        await assertAway(web);
        await importing;
        await assertIntake(web, 201, "It was posted afterwards.");
        const { attempts } = await audit({
          sql: cluster.database.sql,
          articles: ARTICLES + (first === "Redis" ? 1 : 2),
          broker: cluster.broker,
          status: () => statusOf(web),
        });
        assert.equal(attempts, 0, "an outage does not count as a failed attempt");
        for (const node of nodes) {
          const changes = node.log().match(/The (broker|database) is (unreachable|back)/g);
          assert.deepEqual(changes?.sort(), [
            "The broker is back",
            "The broker is unreachable",
            "The database is back",
            "The database is unreachable",
          ]);
        }
        printMeasurement(`at rest ${Date.now() - back} ms after the return of ${second}`);
      },
    });
  }
}

for (const isEmpty of [false, true]) {
  Deno.test({
    ...withServers(
      `Postgres returns with an older backup while nodes run${isEmpty ? ", and Redis empty" : ""}`,
    ),
    async fn() {
      await using cluster = await startTestCluster();
      const nodes = [await cluster.startNode("all"), await cluster.startNode("worker")];
      const [web] = nodes as [Millrace];
      const [kept = [], done = [], waiting = []] = inParts(await faultArticles(600), 3);
      await importAll(web, kept);
      await assertProcessed(web, kept);
      await cluster.postgres.kill("SIGINT");
      await copy(cluster, "data", "backup");
      await cluster.postgres.start();
      await importAll(web, done);
      await assertProcessed(web, [...kept, ...done]);
      await command(web, "stop");
      await eventually(async () => assert.equal((await statusOf(web)).running, false));
      await importAll(web, waiting);

      await Promise.all([cluster.redis.kill(), cluster.postgres.kill()]);
      await copy(cluster, "backup", "data");
      if (isEmpty) await cluster.redis.loseData();
      await cluster.redis.restart();
      await cluster.postgres.start();
      await assertAway(web);
      // The backup has them neither as articles nor as ids, and the producer sends them again.
      await importAll(web, [...done, ...waiting]);
      const { attempts } = await audit({
        sql: cluster.database.sql,
        articles: 600,
        broker: cluster.broker,
        status: () => statusOf(web),
      });
      assert.equal(attempts, 0, "no id of a lost article fails");
    },
  });
}

/** Replaces a folder of the stopped Postgres with another one. */
async function copy({ postgres }: TestCluster, from: string, to: string) {
  const folder = new URL(postgres.url).searchParams.get("host");
  await Deno.remove(`${folder}/${to}`, { recursive: true }).catch(() => {});
  const { success } = await new Deno.Command("cp", {
    args: ["-a", `${folder}/${from}`, `${folder}/${to}`],
  }).output();
  assert.ok(success);
}

async function assertProcessed(node: Millrace, articles: readonly FaultArticle[]) {
  await eventually(
    async () => assert.equal((await statusOf(node)).processed_total, articles.length),
    30_000,
  );
}

/** Waits until `/readyz` names exactly these servers. */
async function assertAway(node: Millrace, ...parts: string[]) {
  await eventually(async () => {
    const response = await node.fetch("/readyz");
    const { message = "" } = await response.json();
    assert.equal(response.status, parts.length === 0 ? 200 : 503, message);
    for (const { part } of Object.values(SERVERS)) {
      assert.equal(message.includes(part), parts.includes(part), message);
    }
  }, 30_000);
}

async function assertIntake(node: Millrace, status: number, content: string) {
  const response = await node.fetch("/api/articles", {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ title: "meanwhile", content }),
  });
  assert.equal(response.status, status, await response.text());
  if (status === 503) assert.ok(Number(response.headers.get("retry-after")) > 0);
}
