import assert from "node:assert/strict";
import { hasChromium, startChromium } from "../support/chromium.ts";
import { eventually } from "../support/eventually.ts";
import { startMillrace } from "../support/millrace.ts";
import { articleLine, importLines, shows } from "../support/overview.ts";
import { hasPostgres, startPostgres } from "../support/postgres.ts";
import { hasRedis, startRedis } from "../support/redis.ts";

const inEnglish = { locale: "en-US" };

Deno.test({
  name: "the overview says that the stream is stopped, and how long the oldest article has waited",
  ignore: !hasChromium,
  async fn() {
    await using millrace = await startMillrace();
    await using chromium = await startChromium();
    const { page, errors } = await chromium.newPage(inEnglish);
    await page.goto(millrace.url);
    await shows(page, "verdict", "Keeping up: no article waits.");

    await page.getByRole("button", { name: "Stop" }).click();
    await shows(page, "running", "Stopped");
    await importLines(millrace, [articleLine(1), articleLine(2)]);
    await shows(page, "verdict", "Articles stay in the queue until it is started.");
    const note = page.locator('.figure[data-field="queue_pending"] .figure-note');
    await eventually(async () => {
      assert.match(
        await note.textContent() ?? "",
        /^Waiting for a start · The oldest has waited \d+ sec$/,
      );
    });
    assert.deepEqual(errors, []);
  },
});

Deno.test({
  name: "the overview says that there is no worker, until one comes",
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
    await shows(page, "verdict", "There is no worker: articles will wait.");
    await shows(page, "queue_pending", "1");

    await using _worker = await startMillrace({ env: { ...env, ROLE: "worker" } });
    await shows(page, "processed_total", "1");
    await shows(page, "verdict", "Keeping up: no article waits.");
  },
});
