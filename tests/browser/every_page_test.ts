import assert from "node:assert/strict";
import type { Page } from "playwright-core";
import { hasChromium, startChromium } from "../support/chromium.ts";
import { eventually } from "../support/eventually.ts";
import { startMillrace } from "../support/millrace.ts";
import { articleLine, configure, importLines } from "../support/overview.ts";

const PAGES = [
  ...["/", "/failures", "/articles", "/articles/1", "/events", "/workers", "/logs", "/import"],
  ...["/settings", "/alerts", "/sessions", "/reference"],
];
/** 720 pixels are 1440 at a zoom of 200%. */
const WIDTHS = [360, 720, 1_024, 1_280, 1_440, 2_560];
/** The widths at which a page is loaded; at the next ones it is resized. */
const LOADED = [360, 1_280];
const PRINTED = { width: 1_280, height: 900 };

/** Returns what is cut on a page whose texts are as long as they can be. */
async function findCut(): Promise<string[]> {
  // Plots are drawn again in the frame after a resize.
  for (let frame = 0; frame < 2; frame++) await new Promise(requestAnimationFrame);
  const long = "too many others wait for the full time limit ".repeat(6);
  for (const each of document.querySelectorAll(".failed-error, .rows-error, .health .reason")) {
    each.textContent = long;
  }
  const cut: string[] = [];
  const page = document.documentElement;
  if (page.scrollWidth > page.clientWidth) cut.push(`the page, ${page.scrollWidth} pixels wide`);
  const table = document.querySelector(".failed-articles .scroll");
  if (table !== null && table.scrollWidth > table.clientWidth) cut.push("the failures' table");
  for (const panel of document.querySelectorAll(".panel:has(> table)")) {
    if (panel.scrollWidth > panel.clientWidth) {
      cut.push(`a table, ${panel.scrollWidth} pixels wide`);
    }
  }
  const reason = document.querySelector(".health .reason");
  if (reason !== null && reason.scrollHeight > reason.clientHeight + 1) {
    if (getComputedStyle(reason).overflow === "visible") cut.push("the verdict's reason");
  }
  const link = [...document.querySelectorAll(".nav [aria-current]")].at(-1)
    ?.getBoundingClientRect();
  if (link && (link.left < 0 || link.right > innerWidth)) cut.push("the current page's link");
  return cut;
}

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

async function assertFits(page: Page, url: string) {
  for (const width of WIDTHS) {
    await page.setViewportSize({ width, height: 900 });
    if (LOADED.includes(width)) await page.goto(url);
    assert.deepEqual(await page.evaluate(findCut), [], `${width} ${url}`);
  }
}

async function assertPrintsAndMarks(page: Page, url: string) {
  await page.setViewportSize(PRINTED);
  await page.emulateMedia({ media: "print" });
  assert.deepEqual(await page.evaluate(controls), [], url);
  await page.emulateMedia({ media: "screen", forcedColors: "active" });
  assert.deepEqual(await page.evaluate(unmarked), [], url);
  await page.emulateMedia({ forcedColors: "none" });
}

Deno.test({
  name:
    "every page fits its width, however long its texts, prints no controls, and marks what is selected in forced colors",
  ignore: !hasChromium,
  async fn(t) {
    await using millrace = await startMillrace({ env: { MILLRACE_POISON: "on" } });
    await configure(millrace, { retry_max: 0 });
    await importLines(millrace, [articleLine(1), articleLine(2, true)]);
    await eventually(async () => {
      const { data } = await (await millrace.fetch("/api/processor/status")).json();
      assert.equal(data.queue_dead, 1);
    });
    await using chromium = await startChromium();
    for (const locale of ["en-US", "zh-CN"]) {
      const { page } = await chromium.newPage({ locale });
      for (const path of [...PAGES, "/?view=wall", "/no/such/page"]) {
        await t.step(`${path} in ${locale}`, async () => {
          await assertFits(page, millrace.url + path);
          if (PAGES.includes(path)) await assertPrintsAndMarks(page, millrace.url + path);
        });
      }
      await page.close();
    }
    await t.step("a selected row is marked in forced colors", async () => {
      const { page } = await chromium.newPage({ locale: "en-US", forcedColors: "active" });
      await page.goto(`${millrace.url}/failures`);
      await page.locator("tbody input").first().check();
      const row = page.locator("tbody tr").first();
      assert.equal(await row.evaluate((each) => getComputedStyle(each).outlineStyle), "solid");
    });
  },
});
