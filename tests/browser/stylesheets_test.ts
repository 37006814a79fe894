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
  },
});
