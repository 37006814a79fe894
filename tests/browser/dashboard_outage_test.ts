import assert from "node:assert/strict";
import { hasChromium, startChromium } from "../support/chromium.ts";
import { eventually } from "../support/eventually.ts";
import { startMillrace } from "../support/millrace.ts";
import { articleLine, importLines, shows } from "../support/overview.ts";
import { hasRedis, startRedis } from "../support/redis.ts";

Deno.test({
  name: "the overview shows that the broker is unavailable, and when it recovers",
  ignore: !hasChromium || !hasRedis,
  async fn() {
    await using redis = await startRedis({ appendOnly: true });
    await using millrace = await startMillrace({ env: { REDIS_URL: redis.url } });
    await using chromium = await startChromium();
    const { page } = await chromium.newPage({ locale: "en-US" });
    await page.goto(millrace.url);
    await shows(page, "running", "Ready for the first article");
    await shows(page, "connection", /^Live · \d+ ms$/);

    await page.evaluate(recordNames);
    await redis.kill();
    await shows(page, "running", "Redis unavailable");
    const start = page.getByRole("button", { name: "Start" });
    assert.equal(await start.getAttribute("data-look"), "plain");
    await shows(page, "connection", /^As of \d\d:\d\d:\d\d$/);
    await eventually(async () => assert.match(await page.title(), /^Redis down – Millrace$/));
    await page.getByRole("button", { name: "Stop" }).click();
    const message = page.getByRole("status").getByText("Could not stop: ");
    await message.waitFor({ state: "attached" });

    await page.reload();
    await shows(page, "running", "Redis unavailable");
    await page.evaluate(recordNames);

    await redis.restart();
    await shows(page, "running", "Ready for the first article", 30_000);
    const names = await page.evaluate(() => document.documentElement.dataset.names ?? "");
    assert.doesNotMatch(names, /Stopped/);
    await shows(page, "connection", /^Live/);
    await importLines(millrace, [articleLine(1)]);
    await shows(page, "processed_total", "1");
  },
});

/** Records the text of the page's verdict and of the other problems at each change, in the document's `data-names`. */
function recordNames() {
  const root = document.documentElement;
  const verdict = document.querySelector('[data-field="running"]')?.closest("section");
  new MutationObserver(() => {
    root.dataset.names = `${root.dataset.names ?? ""}|${verdict?.textContent ?? ""}`;
  }).observe(verdict ?? root, { subtree: true, childList: true, characterData: true });
}
