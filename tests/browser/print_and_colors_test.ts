import assert from "node:assert/strict";
import { hasChromium, startChromium } from "../support/chromium.ts";
import { eventually } from "../support/eventually.ts";
import { startMillrace } from "../support/millrace.ts";
import { articleLine, configure, importLines } from "../support/overview.ts";

const PATHS = [
  ...["/", "/failures", "/articles", "/articles/1", "/events", "/workers", "/logs", "/import"],
  ...["/settings", "/alerts", "/sessions", "/reference"],
];

/** The visible buttons, links that look like them, and checkboxes. */
function controls(): string[] {
  return [...document.querySelectorAll('button, .button, input[type="checkbox"]')]
    .filter((each) => each.checkVisibility())
    .map((each) => `${each.tagName} ${each.className} ${each.textContent}`);
}

/** The selected elements that only a color distinguishes. */
function unmarked(): string[] {
  const selected =
    '[aria-current]:not([aria-current="false"], [data-ancestor]), [aria-pressed="true"], [aria-selected="true"]';
  return [...document.querySelectorAll(selected)]
    .filter((each) => each.checkVisibility() && getComputedStyle(each).outlineStyle === "none")
    .map((each) => `${each.tagName} ${each.className} ${each.textContent}`);
}

Deno.test({
  name: "no page prints buttons and checkboxes, and forced colors mark what is selected",
  ignore: !hasChromium,
  async fn() {
    await using millrace = await startMillrace({ env: { MILLRACE_POISON: "on" } });
    await configure(millrace, { retry_max: 0 });
    await importLines(millrace, [articleLine(1), articleLine(2, true)]);
    await eventually(async () => {
      const { data } = await (await millrace.fetch("/api/processor/status")).json();
      assert.equal(data.queue_dead, 1);
    });
    await using chromium = await startChromium();
    const { page } = await chromium.newPage({ locale: "en-US" });
    for (const path of PATHS) {
      await page.emulateMedia({ media: "print", forcedColors: "none" });
      await page.goto(millrace.url + path);
      assert.deepEqual(await page.evaluate(controls), [], path);
      await page.emulateMedia({ media: "screen", forcedColors: "active" });
      assert.deepEqual(await page.evaluate(unmarked), [], path);
    }
    await page.goto(`${millrace.url}/failures`);
    await page.locator("tbody input").first().check();
    const row = page.locator("tbody tr").first();
    assert.equal(await row.evaluate((each) => getComputedStyle(each).outlineStyle), "solid");
  },
});
