import assert from "node:assert/strict";
import type { Sql } from "../../lib/database/postgres_client.ts";
import { audit } from "../support/audit.ts";
import { eventually } from "../support/eventually.ts";
import { faultArticles } from "../support/fault_articles.ts";
import { byForm, pause, printMeasurement } from "../support/fault_form.ts";
import { importAll } from "../support/producer.ts";
import { mountSmallDisk, onSmallDisk } from "../support/small_disk.ts";
import {
  startTestCluster,
  statusOf,
  waitUntilProcessing,
  withServers,
} from "../support/test_cluster.ts";

const ARTICLES = byForm({ short: 1_200, long: 12_000 });
const FULL_MS = byForm({ short: 3_000, long: 20_000 });
const DISK_KIB = 1_536;
const LARGE_KIB = 512 * 1_024;

/** The table whose disk is full: that of incoming articles, or that of results. */
const FULL = [
  { table: "original_articles", kept: "intake has no room" },
  { table: "contents", kept: "results have no room" },
];

/** Larger than the free space, even compressed. */
function longContent(): string {
  return Array.from({ length: 5_000 }, () => crypto.randomUUID()).join(" ");
}

/** Fills the rest of the disk, because a failed insertion leaves the extended file behind. */
async function fill(sql: Sql) {
  await assert.rejects(
    async () =>
      await sql`INSERT INTO filler SELECT md5(n::text) FROM generate_series(1, 100000) AS n`,
    { code: "53100" },
  );
}

for (const { table, kept } of FULL) {
  const name = `while the disk of Postgres is full and ${kept}, no article fails or is lost`;
  Deno.test({
    ...onSmallDisk(name),
    ...(withServers(name).ignore ? withServers(name) : {}),
    async fn() {
      await using disk = await mountSmallDisk(DISK_KIB);
      await using cluster = await startTestCluster();
      const { sql } = cluster.database;
      const nodes = [await cluster.startNode("all"), await cluster.startNode("worker")];
      const [web] = nodes;
      assert.ok(web);
      await sql.unsafe(`CREATE TABLESPACE small LOCATION '${disk.folder}'`);
      await sql.unsafe(`ALTER TABLE ${table} SET TABLESPACE small`);
      // Created first, since the articles may fill the disk before it is needed.
      await sql`CREATE TABLE filler (text text) WITH (autovacuum_enabled = off) TABLESPACE small`;
      const importing = importAll(web, await faultArticles(ARTICLES));
      await waitUntilProcessing(cluster, ...nodes);
      await fill(sql);
      await eventually(async () => {
        const response = await web.fetch("/readyz");
        const { message = "" } = await response.json();
        assert.equal(response.status, 503);
        assert.match(message, /database/);
      }, 60_000);
      if (table === "original_articles") {
        const refused = await web.fetch("/api/articles", {
          method: "POST",
          headers: { "content-type": "application/json" },
          body: JSON.stringify({ title: "no room", content: longContent() }),
        });
        assert.equal(refused.status, 503, await refused.text());
        assert.ok(Number(refused.headers.get("retry-after")) > 0);
      }
      await pause(FULL_MS);
      await eventually(async () => {
        const { nodes: reported, queue_dead, queue_retry } = await statusOf(web);
        assert.ok(reported.some(({ outages }) => String(outages).includes("database")));
        assert.deepEqual([queue_dead, queue_retry], [0, 0]);
      });
      const before = Date.now();
      await disk.resize(LARGE_KIB);
      await importing;
      const { attempts } = await audit({
        sql,
        articles: ARTICLES,
        broker: cluster.broker,
        status: () => statusOf(web),
      });
      assert.equal(attempts, 0, "a full disk does not count as a failed attempt");
      printMeasurement(`${table}: at rest ${Date.now() - before} ms after there was room`);
      await sql.unsafe(`ALTER TABLE ${table} SET TABLESPACE pg_default`);
      await sql`DROP TABLE filler`;
      await sql`DROP TABLESPACE small`;
    },
  });
}
