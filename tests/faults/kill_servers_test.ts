import assert from "node:assert/strict";
import { audit } from "../support/audit.ts";
import { eventually } from "../support/eventually.ts";
import { faultArticles, inParts } from "../support/fault_articles.ts";
import { anyUpTo, byForm, pause, printMeasurement } from "../support/fault_form.ts";
import type { Millrace } from "../support/millrace.ts";
import { importAll } from "../support/producer.ts";
import {
  startTestCluster,
  type TestCluster,
  waitUntilProcessing,
  withServers,
} from "../support/test_cluster.ts";

const OUTAGES_MS = byForm({ short: [0, 2_000], long: [0, 2_000, 20_000] });
const ARTICLES = byForm({ short: 2_000, long: 12_000 });
/** The approximate time to process a burst of articles. */
const MOMENT_MS = 100;
/** Every node notices an outage of this length. */
const NOTICEABLE_MS = 2_000;

interface Server {
  name: string;
  /** Its name in `/readyz`. */
  part: string;
  kill: (cluster: TestCluster) => Promise<void>;
  revive: (cluster: TestCluster) => Promise<void>;
}

const SERVERS: Server[] = [
  {
    name: "Redis, which keeps its data,",
    part: "the broker",
    kill: ({ redis }) => redis.kill(),
    revive: ({ redis }) => redis.restart(),
  },
  {
    name: "Redis, which loses its data,",
    part: "the broker",
    kill: ({ redis }) => redis.kill(),
    async revive({ redis }) {
      await redis.loseData();
      await redis.restart();
    },
  },
  {
    name: "Postgres",
    part: "the database",
    kill: ({ postgres }) => postgres.kill(),
    revive: ({ postgres }) => postgres.start(),
  },
];

async function assertReadiness(node: Millrace, missing: string | null) {
  await eventually(async () => {
    const response = await node.fetch("/readyz");
    const { message = "" } = await response.json();
    assert.equal(response.status, missing === null ? 200 : 503, message);
    if (missing !== null) assert.match(message, new RegExp(missing));
  });
}

for (const server of SERVERS) {
  Deno.test({
    ...withServers(
      `${server.name} is killed during imports, and no article is lost or fails`,
    ),
    async fn() {
      await using cluster = await startTestCluster();
      const web = await cluster.startNode("web");
      const workers = await Promise.all([cluster.startNode("worker"), cluster.startNode("all")]);
      const articles = await faultArticles(ARTICLES);
      for (const [i, part] of inParts(articles, OUTAGES_MS.length).entries()) {
        const outageMs = OUTAGES_MS[i]!;
        const importing = importAll(web, part);
        await waitUntilProcessing(cluster, ...workers);
        await pause(anyUpTo(MOMENT_MS));
        await server.kill(cluster);
        if (outageMs >= NOTICEABLE_MS) await assertReadiness(web, server.part);
        await pause(outageMs);
        await server.revive(cluster);
        const back = Date.now();
        await assertReadiness(web, null);
        await importing;
        printMeasurement(
          `away for ${outageMs / 1_000} s: all taken in ${Date.now() - back} ms after its return`,
        );
      }
      const { attempts } = await audit({
        sql: cluster.database.sql,
        articles: articles.length,
        broker: cluster.broker,
      });
      assert.equal(attempts, 0, "an outage does not count as a failed attempt");
    },
  });
}
