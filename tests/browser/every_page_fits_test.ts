import assert from "node:assert/strict";
import { hasChromium, startChromium } from "../support/chromium.ts";
import { eventually } from "../support/eventually.ts";
import { startMillrace } from "../support/millrace.ts";
import { articleLine, configure, importLines } from "../support/overview.ts";

const PATHS = [
  ...["/", "/?view=wall", "/failures", "/articles", "/articles/1", "/events", "/workers"],
  ...["/logs", "/import", "/settings", "/alerts", "/sessions", "/reference", "/no/such/page"],
];
/** 720 pixels are 1440 at a zoom of 200%. */
const WIDTHS = [360, 720, 1_024, 1_280, 1_440, 2_560];

/** Returns what is cut on a page whose texts are as long as they can be. */
function findCut(): string[] {
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

Deno.test({
  name:
    "every page fits its width in both languages, from a phone to a wide screen, however long its texts",
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
    for (const locale of ["en-US", "zh-CN"]) {
      const { page } = await chromium.newPage({ locale });
      for (const width of WIDTHS) {
        await page.setViewportSize({ width, height: 900 });
        for (const path of PATHS) {
          // An error page has no status that could be live.
          if (path.startsWith("/no/")) {
            await page.evaluate((to) => location.assign(to), millrace.url + path);
            await page.locator("h1").waitFor();
          } else {
            await page.goto(millrace.url + path);
          }
          assert.deepEqual(await page.evaluate(findCut), [], `${locale} ${width} ${path}`);
        }
      }
      await page.close();
    }
  },
});
