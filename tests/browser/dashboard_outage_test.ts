import assert from "node:assert/strict";
import { hasChromium, startChromium } from "../support/chromium.ts";
import { eventually } from "../support/eventually.ts";
import { startMillrace } from "../support/millrace.ts";
import { articleLine, importLines, shown, shows } from "../support/overview.ts";
import { hasRedis, startRedis } from "../support/redis.ts";

Deno.test({
  name: "the overview says that the broker is away, and when it is back",
  ignore: !hasChromium || !hasRedis,
  async fn() {
    await using redis = await startRedis({ appendOnly: true });
    await using millrace = await startMillrace({ env: { REDIS_URL: redis.url } });
    await using chromium = await startChromium();
    const { page } = await chromium.newPage({ locale: "en-US" });
    await page.goto(millrace.url);
    await shows(page, "running", "Running");

    await shows(page, "connection", /^Live · \d+ ms behind$/);

    await redis.kill();
    await shows(page, "running", "Redis is unreachable");
    await shows(page, "connection", /^Broker down, figures of \d\d:\d\d:\d\d$/);
    await eventually(async () => assert.match(await page.title(), /^Trouble/));
    await page.getByRole("button", { name: "Stop" }).click();
    const said = page.getByRole("status").getByText("Not stopped: Redis is unreachable.");
    await said.waitFor({ state: "attached" });

    await page.reload();
    await shows(page, "running", "Redis is unreachable");
    assert.equal(await shown(page, "queue_pending"), "0", "the last that was known");

    await redis.restart();
    await shows(page, "running", "Running", 30_000);
    await shows(page, "connection", /^Live/);
    await importLines(millrace, [articleLine(1)]);
    await shows(page, "processed_total", "1");
  },
});
