import assert from "node:assert/strict";
import { hasChromium, startChromium } from "../support/chromium.ts";
import { eventually } from "../support/eventually.ts";
import { startMillrace } from "../support/millrace.ts";
import { articleLine, importLines, shows } from "../support/overview.ts";
import { hasPostgres, startPostgres } from "../support/postgres.ts";
import { hasRedis, startRedis } from "../support/redis.ts";
import { setStage, statusOf } from "../support/stage.ts";

const inEnglish = { locale: "en-US" };
/** The newest step of the backlog, and the one that goes on. */
const LOOKED_BACK_MS = 10_000;

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

Deno.test({
  name: "the overview says that the stream falls behind, and that it catches up",
  ignore: !hasChromium || !hasRedis || !hasPostgres,
  async fn() {
    await using stage = await setStage();
    const web = await stage.node("web");
    await stage.node("worker");
    await using chromium = await startChromium();
    const { page } = await chromium.newPage(inEnglish);
    await page.goto(web.url);
    /** Nothing can be settled meanwhile, however fast the machine is. */
    const whileHeld = (happens: () => Promise<void>) =>
      stage.database.sql.begin(async (lock) => {
        await lock`LOCK TABLE processor_tally IN ACCESS EXCLUSIVE MODE`;
        await happens();
      });

    await whileHeld(async () => {
      await importLines(web, Array.from({ length: 5_000 }, (_, number) => articleLine(number)));
      const { at } = await statusOf(web);
      await shows(page, "verdict", /^Falling behind: .* articles more wait each second\.$/, 20_000);
      await eventually(
        async () => assert.ok((await statusOf(web)).at > at + LOOKED_BACK_MS),
        20_000,
      );
    });
    // One settlement at least comes before this.
    await whileHeld(async () => {
      await shows(page, "verdict", /^Catching up: the backlog will be empty in /, 20_000);
    });
    await shows(page, "verdict", "Keeping up: no article waits.", 30_000);
  },
});
