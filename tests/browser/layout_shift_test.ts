import assert from "node:assert/strict";
import { hasChromium, startChromium } from "../support/chromium.ts";
import { startMillrace } from "../support/millrace.ts";
import { articleLine, importLines, shows } from "../support/overview.ts";

const ROUNDS = 12;
const ARTICLES = 300;

Deno.test({
  name: "the overview has no layout shift while its numbers change, wide and narrow",
  ignore: !hasChromium,
  async fn(t) {
    await using millrace = await startMillrace();
    await importLines(millrace, [articleLine(0)]);
    await using chromium = await startChromium();
    let number = 1;
    for (const [width, height] of [[1440, 900], [360, 740]] as const) {
      await t.step(`${width} pixels`, async () => {
        const { page } = await chromium.newPage({ locale: "en-US", viewport: { width, height } });
        await page.goto(millrace.url);
        await shows(page, "connection", /^Live/);
        await page.evaluate(() => {
          const page = globalThis as unknown as { shift: number };
          page.shift = 0;
          new PerformanceObserver((list) => {
            for (const entry of list.getEntries()) {
              if ("value" in entry) page.shift += Number(entry.value);
            }
          }).observe({ type: "layout-shift" });
        });
        for (let round = 0; round < ROUNDS; round++) {
          await importLines(
            millrace,
            Array.from({ length: ARTICLES }, () => articleLine(number++)),
          );
        }
        await shows(page, "processed_total", number.toLocaleString("en-US"), 60_000);
        const shift = await page.evaluate(() => (globalThis as unknown as { shift: number }).shift);
        assert.ok(shift < 0.02, `a layout shift of ${shift}`);
        await page.close();
      });
    }
  },
});
