import assert from "node:assert/strict";
import { z } from "zod";
import { audit } from "../support/audit.ts";
import { eventually } from "../support/eventually.ts";
import { faultArticles } from "../support/fault_articles.ts";
import { byForm, pause, printMeasurement } from "../support/fault_form.ts";
import { importAll } from "../support/producer.ts";
import {
  startTestCluster,
  statusOf,
  type TestCluster,
  waitUntilProcessing,
  withServers,
} from "../support/test_cluster.ts";

const ARTICLES = byForm({ short: 1_500, long: 12_000 });
/** Long enough for every component of a node to be refused more than once. */
const REFUSING_MS = byForm({ short: 3_000, long: 15_000 });

interface Refusal {
  code: string;
  begin: (cluster: TestCluster) => Promise<unknown>;
  end: (cluster: TestCluster) => Promise<unknown>;
}

const folder = z.object({ dir: z.string() });

const set = ({ redis }: TestCluster, name: string, value: string) =>
  redis.command("CONFIG", "SET", name, value);

const REFUSALS: Refusal[] = [
  {
    code: "NOREPLICAS",
    begin: (cluster) => set(cluster, "min-replicas-to-write", "1"),
    end: (cluster) => set(cluster, "min-replicas-to-write", "0"),
  },
  {
    code: "OOM",
    begin: (cluster) => set(cluster, "maxmemory", "1mb"),
    end: (cluster) => set(cluster, "maxmemory", "0"),
  },
  {
    code: "READONLY",
    begin: ({ redis }) => redis.command("REPLICAOF", "127.0.0.1", "1"),
    end: ({ redis }) => redis.command("REPLICAOF", "NO", "ONE"),
  },
  {
    code: "NOPERM",
    begin: ({ redis }) => redis.command("ACL", "SETUSER", "default", "-ltrim"),
    end: ({ redis }) => redis.command("ACL", "SETUSER", "default", "+@all"),
  },
  {
    code: "MISCONF",
    async begin(cluster) {
      // Redis renames a snapshot to this path, which is now a folder.
      await Deno.mkdir(`${await snapshotOf(cluster)}/in-the-way`, { recursive: true });
      await set(cluster, "save", "1 1");
      await snapshot(cluster, "err");
    },
    async end(cluster) {
      await Deno.remove(await snapshotOf(cluster), { recursive: true });
      await snapshot(cluster, "ok");
    },
  },
];

async function snapshotOf({ redis }: TestCluster): Promise<string> {
  const { dir } = folder.parse(await redis.command("CONFIG", "GET", "dir"));
  return `${dir}/dump.rdb`;
}

/** Triggers snapshots until the last one has this status. */
async function snapshot({ redis }: TestCluster, status: "ok" | "err") {
  await eventually(async () => {
    await redis.command("BGSAVE", "SCHEDULE");
    const info = String(await redis.command("INFO", "persistence"));
    assert.match(info, new RegExp(`rdb_last_bgsave_status:${status}`));
  });
}

for (const { code, begin, end } of REFUSALS) {
  Deno.test({
    ...withServers(
      `Redis that replies ${code} is an outage: no article is lost, fails or is taken`,
    ),
    async fn() {
      await using cluster = await startTestCluster();
      const nodes = [await cluster.startNode("all"), await cluster.startNode("worker")];
      const [web] = nodes;
      assert.ok(web);
      const importing = importAll(web, await faultArticles(ARTICLES));
      await waitUntilProcessing(cluster, ...nodes);
      await begin(cluster);
      await eventually(async () => {
        const response = await web.fetch("/readyz");
        const { message = "" } = await response.json();
        assert.equal(response.status, 503);
        assert.match(message, /broker/);
      }, 20_000);
      await pause(REFUSING_MS);
      const lines = nodes.map((node) => node.log().split("\n").length);
      await pause(REFUSING_MS);
      for (const [i, node] of nodes.entries()) {
        const more = node.log().split("\n").length - lines[i]!;
        assert.ok(more < 10, `${more} lines in ${REFUSING_MS} ms of one outage`);
        assert.match(node.log(), /The broker is unreachable/);
      }
      const { status } = await web.fetch("/api/articles", {
        method: "POST",
        headers: { "content-type": "application/json" },
        body: JSON.stringify({ title: "meanwhile", content: "Postgres keeps it." }),
      });
      assert.equal(status, 201, "stored in Postgres, queued later");
      await end(cluster);
      const back = Date.now();
      await importing;
      const { attempts } = await audit({
        sql: cluster.database.sql,
        articles: ARTICLES + 1,
        broker: cluster.broker,
        status: () => statusOf(web),
      });
      assert.equal(attempts, 0, "an outage does not count as a failed attempt");
      for (const node of nodes) {
        assert.deepEqual(node.log().match(/The broker is (unreachable|back)/g), [
          "The broker is unreachable",
          "The broker is back",
        ]);
      }
      printMeasurement(`${code}: at rest ${Date.now() - back} ms after its end`);
    },
  });
}
