import assert from "node:assert/strict";
import type { Page } from "puppeteer-core";
import { PAGES } from "../../lib/dashboard/shell/pages.ts";
import { eventually } from "../support/eventually.ts";
import { startFirefox, withFirefox } from "../support/firefox.ts";
import { startMillrace } from "../support/millrace.ts";
import { articleLine, importLines } from "../support/overview.ts";

const LOOKS = [
  { languages: "en-US", theme: "light", name: "Overview" },
  { languages: "zh-CN", theme: "dark", name: "概览" },
] as const;
const LIVE = '[data-link="live"]';

/** Waits until an element's text matches. */
async function says(page: Page, selector: string, text: RegExp) {
  await eventually(async () => {
    const found = await page.$eval(selector, ({ textContent }) => textContent ?? "");
    assert.match(found, text);
  }, 30_000);
}

/** The lightness of the page's background, from 0 to 255. */
function lightness(page: Page): Promise<number> {
  return page.evaluate(() => {
    const canvas = document.createElement("canvas").getContext("2d")!;
    canvas.fillStyle = getComputedStyle(document.documentElement).backgroundColor;
    canvas.fillRect(0, 0, 1, 1);
    return canvas.getImageData(0, 0, 1, 1).data[1]!;
  });
}

Deno.test({
  ...withFirefox("Firefox loads every page without an error, live, with charts and forms"),
  async fn(t) {
    await using millrace = await startMillrace();
    await importLines(millrace, Array.from({ length: 50 }, (_, n) => articleLine(n)));

    for (const { languages, theme, name } of LOOKS) {
      await using firefox = await startFirefox({ languages, theme });
      const { page, errors } = await firefox.newPage();

      await t.step(`every page loads in ${languages} and ${theme}`, async () => {
        const paths = [
          ...PAGES.map(({ path }) => path),
          ...["/?view=wall", "/articles/1", "/reference", "/alerts?rule=new"],
        ];
        for (const path of paths) {
          const response = await page.goto(millrace.url + path);
          assert.equal(response?.status(), 200, path);
          await page.waitForSelector(LIVE);
          const width = await page.evaluate(() => document.documentElement.scrollWidth);
          assert.ok(width <= 1_280, `${path} is ${width} pixels wide`);
          assert.deepEqual(errors, [], path);
        }
        await page.goto(millrace.url);
        await says(page, ".health-page h1", new RegExp(name));
        assert.equal(await lightness(page) > 128, theme === "light");
      });

      if (theme === "dark") continue;

      await t.step("the figures move by themselves, and the charts are drawn", async () => {
        await page.waitForSelector(LIVE);
        await page.$eval(".charts", (charts) => charts.scrollIntoView());
        await page.waitForSelector("[data-live=true]");
        await importLines(millrace, Array.from({ length: 50 }, (_, n) => articleLine(100 + n)));
        await says(page, '[data-field="processed_total"]', /100/);
        await eventually(async () => {
          const drawn = await page.$eval(
            ".chart-plot .s-out path:last-of-type",
            (path) => ({
              line: path.getAttribute("d") ?? "",
              width: path.getBoundingClientRect().width,
              plot: path.closest(".chart-plot")!.getBoundingClientRect().width,
            }),
          );
          assert.match(drawn.line, /^M[\d.]+ [\d.]+L/);
          assert.ok(drawn.width > 10 && drawn.plot > 200, JSON.stringify(drawn));
        }, 30_000);
      });

      await t.step("a setting is changed by its form", async () => {
        await page.goto(`${millrace.url}/settings`);
        await page.waitForSelector(LIVE);
        await page.locator('input[name="batch_size"]').fill("33");
        await page.locator('form button[type="submit"]::-p-text(Save)').click();
        await eventually(async () => {
          const { data } = await (await millrace.fetch("/api/processor/config")).json();
          assert.equal(data.batch_size, 33);
        });
      });

      await t.step("articles are imported by the form, pasted and as a file", async () => {
        await page.goto(`${millrace.url}/import`);
        await page.waitForSelector(LIVE);
        await page.locator("textarea").fill(articleLine(200));
        await page.locator('button[type="submit"]::-p-text(Import)').click();
        await says(page, '.import-job [data-field="accepted"] dd', /^1$/);
        const file = await Deno.makeTempFile({ suffix: ".jsonl" });
        await Deno.writeTextFile(file, articleLine(201) + articleLine(202));
        const input = await page.waitForSelector('input[type="file"]') ?? assert.fail();
        await input.uploadFile(file);
        await eventually(async () => {
          const counts = await page.$$eval(
            '.import-job [data-field="accepted"] dd',
            (all) => all.map(({ textContent }) => textContent),
          );
          assert.deepEqual(counts.toSorted(), ["1", "2"]);
        }, 30_000);
        await Deno.remove(file);
      });
      assert.deepEqual(errors, []);
    }
  },
});
