import assert from "node:assert/strict";
import { connectDatabase } from "../../lib/database/connect.ts";
import { audit } from "../support/audit.ts";
import { eventually } from "../support/eventually.ts";
import { faultArticles, inParts } from "../support/fault_articles.ts";
import { anyUpTo, byForm, pause, printMeasurement } from "../support/fault_form.ts";
import { killDuringStart, startMillrace } from "../support/millrace.ts";
import { importAll } from "../support/producer.ts";
import { statusOf } from "../support/test_cluster.ts";

const KILLS = byForm({ short: 3, long: 15 });
const ARTICLES = byForm({ short: 900, long: 6_000 });
const MOMENT_MS = 500;

Deno.test("the embedded Postgres and the in-process broker survive kill -9 without loss", async () => {
  const dataDir = await Deno.makeTempDir({ prefix: "millrace-embedded-" });
  const articles = await faultArticles(ARTICLES);
  {
    await using node = await startMillrace({ env: { DATA_DIR: dataDir } });
    for (const part of inParts(articles, KILLS)) {
      const importing = importAll(node, part);
      await eventually(async () => assert.ok((await statusOf(node)).in_flight > 0), 30_000)
        .catch(() => {});
      await pause(anyUpTo(MOMENT_MS));
      await node.kill();
      await node.start();
      await importing;
    }
    await eventually(async () => {
      const { processed_total, in_flight } = await statusOf(node);
      assert.deepEqual({ processed_total, in_flight }, {
        processed_total: articles.length,
        in_flight: 0,
      });
    }, 60_000);
    const { code } = await node.kill("SIGTERM");
    assert.equal(code, 0);
  }
  await using database = await connectDatabase({ url: null, dataDir });
  const { attempts } = await audit({ sql: database.sql, articles: articles.length });
  assert.equal(attempts, 0);
  printMeasurement(`${KILLS} kills of an embedded node; ${articles.length} articles, each once`);
  await Deno.remove(dataDir, { recursive: true }).catch(() => {});
});

Deno.test("an embedded node that is killed during its first start recovers at the next start", async () => {
  const dataDir = await Deno.makeTempDir({ prefix: "millrace-embedded-" });
  for (
    const ms of byForm({
      short: [1_500],
      long: [200, 500, 1_000, 1_500, 2_000, 2_500, 3_000, 4_000],
    })
  ) {
    const folder = `${dataDir}/${ms}`;
    await killDuringStart(folder, ms);
    await using node = await startMillrace({ env: { DATA_DIR: folder } });
    const articles = await faultArticles(20);
    await importAll(node, articles);
    await eventually(async () => assert.equal((await statusOf(node)).processed_total, 20));
  }
  await Deno.remove(dataDir, { recursive: true });
});
