import assert from "node:assert/strict";
import { hasChromium, startChromium } from "../support/chromium.ts";
import { eventually } from "../support/eventually.ts";
import { startMillrace } from "../support/millrace.ts";
import { articleLine, configure, importLines, shows } from "../support/overview.ts";
import { hasPostgres, startPostgres } from "../support/postgres.ts";
import { hasRedis, startRedis } from "../support/redis.ts";

const inEnglish = { locale: "en-US" };
/** The verdict looks back at quarters of a minute, on a machine that may be busy. */
const LONG_MS = 90_000;

Deno.test({
  name: "the overview says in words whether the stream keeps up, and what holds it",
  ignore: !hasChromium,
  async fn(t) {
    await using millrace = await startMillrace();
    await using chromium = await startChromium();
    const { page, errors } = await chromium.newPage(inEnglish);
    const note = page.locator('.figure[data-field="queue_pending"] .figure-note');
    let number = 0;
    const hand = (count: number) =>
      importLines(millrace, Array.from({ length: count }, () => articleLine(number++)));
    // One article at a time: what saves them is what takes the time.
    await configure(millrace, { batch_size: 1, concurrency: 1 });
    await page.goto(millrace.url);
    await shows(page, "verdict", "Keeping up: no article waits.");

    await t.step("stopped, it says that articles wait, and how long the oldest has", async () => {
      await page.getByRole("button", { name: "Stop" }).click();
      await hand(10_000);
      await shows(page, "verdict", "Articles stay in the queue until it is started.");
      await eventually(async () => {
        assert.match(
          await note.textContent() ?? "",
          /^Waiting for a start · The oldest has waited \d+ sec$/,
        );
      });
    });

    await t.step(
      "while a backlog shrinks, it says when it will be empty, with a range",
      async () => {
        await page.getByRole("button", { name: "Start" }).click();
        const range = /^Catching up: the backlog will be empty in .+ to .+\.$/;
        await shows(page, "verdict", range, LONG_MS);
        assert.match(
          await note.textContent() ?? "",
          /^Empty in .+ to .+ · The oldest has waited .+$/,
        );
      },
    );

    await t.step("while it grows, it says by how much, and what takes the time", async () => {
      const behind =
        /^Falling behind: the database takes \d+ % of the time; [\d,]+ articles more wait each second\.$/;
      const told = eventually(async () => {
        await hand(1_000);
        await shows(page, "verdict", behind, 0);
      }, LONG_MS);
      await told;
      assert.match(await note.textContent() ?? "", /^Growing · The oldest has waited .+$/);
      assert.equal(await page.locator(".stage-bar rect").count(), 4);
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
