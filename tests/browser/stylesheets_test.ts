import assert from "node:assert/strict";
import { hasChromium, startChromium } from "../support/chromium.ts";
import { eventually } from "../support/eventually.ts";
import { startMillrace } from "../support/millrace.ts";
import { articleLine, configure, importLines } from "../support/overview.ts";

/** Every page of the dashboard. */
const PAGES = [
  "/",
  "/articles",
  "/articles/1",
  "/failures?ask=clear",
  "/logs",
  "/workers",
  "/settings",
  "/import",
  "/sign-in",
  "/no-such-page",
];

Deno.test({
  name: "each stylesheet of each page affects the computed style of an element",
  ignore: !hasChromium,
  async fn(t) {
    await using millrace = await startMillrace({ env: { SAMPLE: "on", MILLRACE_POISON: "on" } });
    await eventually(async () => {
      const response = await millrace.fetch("/articles/1");
      await response.body?.cancel();
      assert.equal(response.status, 200);
    });
    // An empty failures page has little to style.
    await configure(millrace, { retry_max: 0 });
    await importLines(millrace, [articleLine(1, true)]);
    await using chromium = await startChromium();
    const { page } = await chromium.newPage({ locale: "en-US" });

    for (const path of PAGES) {
      await t.step(path, async () => {
        await page.goto(`${millrace.url}${path}`, { waitUntil: "load" });
        // In one synchronous task, so that only the stylesheet changes styles.
        const sheets = await page.evaluate(() => {
          const styles = () =>
            [...document.querySelectorAll("body, body *")].map((element) => {
              const { display, color, font, margin, padding, backgroundColor, width, height } =
                getComputedStyle(element);
              return [display, color, font, margin, padding, backgroundColor, width, height];
            });
          return [...document.styleSheets].map((sheet) => {
            const enabled = JSON.stringify(styles());
            sheet.disabled = true;
            const matters = JSON.stringify(styles()) !== enabled;
            sheet.disabled = false;
            return { path: new URL(sheet.href ?? "", document.baseURI).pathname, matters };
          });
        });
        assert.ok(sheets.length > 0, "the page has no stylesheet");
        assert.deepEqual(sheets.filter(({ matters }) => !matters), []);
      });
    }

    for (const path of ["/", "/?view=wall"]) {
      await t.step(`figures fill the rows of ${path}, however many there are`, async () => {
        for (const width of [360, 1_024, 1_440, 2_560]) {
          await page.setViewportSize({ width, height: 900 });
          await page.goto(`${millrace.url}${path}`, { waitUntil: "load" });
          const gaps = await page.evaluate(() =>
            [...document.querySelectorAll("dl.race, dl.minor")].flatMap((list) =>
              Array.from({ length: 5 }, () => {
                const whole = list.getBoundingClientRect();
                const boxes = [...list.children].map((each) => each.getBoundingClientRect());
                const rows = Map.groupBy(boxes, ({ top }) => Math.round(top));
                const widths = [...rows.values()].map((row) =>
                  row.reduce((sum, box) => sum + box.width, row.length - 1)
                );
                list.append(list.lastElementChild!.cloneNode(true));
                return Math.max(...widths.map((each) => Math.abs(whole.width - each)));
              })
            )
          );
          assert.equal(gaps.length, path === "/" ? 10 : 5);
          assert.deepEqual(gaps.filter((gap) => gap > 1), [], `${width} pixels`);
        }
      });
    }
  },
});
