import assert from "node:assert/strict";
import { hasChromium, startChromium } from "../support/chromium.ts";
import { eventually } from "../support/eventually.ts";
import { startMillrace } from "../support/millrace.ts";
import { articleLine, importLines, shows } from "../support/overview.ts";
import { hasPostgres, startPostgres } from "../support/postgres.ts";
import { hasRedis, startRedis } from "../support/redis.ts";
import { startTestCluster } from "../support/test_cluster.ts";

const inEnglish = { locale: "en-US" };

Deno.test({
  name: "the overview shows that the stream is stopped, and how long the oldest article has waited",
  ignore: !hasChromium,
  async fn() {
    await using millrace = await startMillrace();
    await using chromium = await startChromium();
    const { page, errors } = await chromium.newPage(inEnglish);
    await page.goto(millrace.url);
    await shows(page, "verdict", /^\d+ workers? (is|are) idle$/);

    await page.getByRole("button", { name: "Stop" }).click();
    await shows(page, "running", "Stopped");
    await importLines(millrace, [articleLine(1), articleLine(2)]);
    await shows(page, "verdict", "2 articles stay in the queue until processing starts");
    const note = page.locator('[data-field="queue_pending"] .say');
    await eventually(async () => {
      assert.match(
        await note.textContent() ?? "",
        /^Longest wait [\d.]+ s$/,
      );
    });
    assert.deepEqual(errors, []);
  },
});

Deno.test({
  name: "the overview shows that there is no worker until one starts",
  ignore: !hasChromium || !hasRedis || !hasPostgres,
  async fn() {
    await using redis = await startRedis();
    await using postgres = await startPostgres();
    const env = { REDIS_URL: redis.url, DATABASE_URL: postgres.url };
    await using web = await startMillrace({ env: { ...env, ROLE: "web" } });
    await using chromium = await startChromium();
    const { page } = await chromium.newPage(inEnglish);
    await page.goto(web.url);
    await importLines(web, [articleLine(1)]);
    await shows(page, "verdict", "1 waiting and no node to process it");
    await shows(page, "queue_pending", "1");

    await using _worker = await startMillrace({ env: { ...env, ROLE: "worker" } });
    await shows(page, "processed_total", "1");
    await shows(page, "verdict", "no article waits");
  },
});

Deno.test({
  name: "the overview shows that the stream falls behind and catches up",
  ignore: !hasChromium || !hasRedis || !hasPostgres,
  async fn() {
    await using cluster = await startTestCluster();
    const web = await cluster.startNode("web");
    await cluster.startNode("worker");
    await using chromium = await startChromium();
    const { page } = await chromium.newPage(inEnglish);
    await page.goto(web.url);
    // Each settlement takes a second, so that the result does not depend on the machine's speed.
    const { sql } = cluster.database;
    await sql`
      CREATE FUNCTION slow() RETURNS trigger LANGUAGE plpgsql
      AS 'BEGIN PERFORM pg_sleep(1); RETURN NULL; END'`;
    await sql`
      CREATE TRIGGER slow BEFORE INSERT OR UPDATE ON processor_tally
      FOR EACH STATEMENT EXECUTE FUNCTION slow()`;

    let number = 0;
    const more = (count: number) => Array.from({ length: count }, () => articleLine(number++));
    await eventually(async () => {
      await importLines(web, more(400));
      await shows(page, "verdict", /more wait each second/, 500);
    }, 40_000);
    assert.match(await page.title(), /^Behind · [\d,]+ – Millrace$/);

    await importLines(web, more(4_000));
    await shows(page, "verdict", /^[\d,]+ waiting, empty in /, 40_000);
    await sql`DROP TRIGGER slow ON processor_tally`;
    await shows(page, "verdict", "no article waits", 30_000);
  },
});
