import assert from "node:assert/strict";
import type { Page } from "playwright-core";
import { hasChromium, startChromium } from "../support/chromium.ts";
import { startMillrace } from "../support/millrace.ts";

/** Compressed bytes of the application's scripts on the overview, including bundled libraries. */
const BUDGET = { beforeCharts: 46_000, withCharts: 55_500 };

Deno.test({
  name: "the overview's scripts, excluding the framework, stay within their budget",
  ignore: !hasChromium,
  async fn() {
    await using millrace = await startMillrace();
    await using chromium = await startChromium();
    const { page } = await chromium.newPage({ viewport: { width: 1280, height: 320 } });
    await page.goto(millrace.url, { waitUntil: "networkidle" });
    const before = await scriptBytes(page);
    await page.locator(".charts").evaluate((charts) => charts.scrollIntoView());
    await page.locator("[data-live=true]").waitFor();
    await page.waitForLoadState("networkidle");
    const all = await scriptBytes(page);
    const measured = `measured ${JSON.stringify({ before, all })}`;

    assert.ok(before.own > 0 && all.own > before.own, measured);
    assert.ok(before.own <= BUDGET.beforeCharts, measured);
    assert.ok(all.own <= BUDGET.withCharts, measured);
    if (Deno.env.get("LOG_SIZES") === "1") {
      // deno-lint-ignore no-console -- prints the numbers of docs/benchmarks.md
      console.log(measured);
    }
  },
});

/** The transferred script bytes: of the framework's runtime, and of all others. */
function scriptBytes(page: Page): Promise<{ framework: number; own: number }> {
  return page.evaluate(() => {
    const sizes = { framework: 0, own: 0 };
    for (const entry of performance.getEntriesByType("resource")) {
      const { name, encodedBodySize } = entry as PerformanceResourceTiming;
      const { pathname } = new URL(name);
      if (!pathname.endsWith(".js")) continue;
      sizes[pathname.endsWith("/fresh-runtime.js") ? "framework" : "own"] += encodedBodySize;
    }
    return sizes;
  });
}
