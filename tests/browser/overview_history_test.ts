import assert from "node:assert/strict";
import type { Page } from "playwright-core";
import { hasChromium, startChromium } from "../support/chromium.ts";
import { eventually } from "../support/eventually.ts";
import { startMillrace } from "../support/millrace.ts";
import { articleLine, importLines, shows } from "../support/overview.ts";

const inEnglish = { locale: "en-US" };

/** The figures of a column of the table behind the chart of rates. */
async function column(page: Page, name: string): Promise<number[]> {
  const table = page.locator(".series-table").first();
  const heads = await table.locator("thead th").allTextContents();
  const cells = await table.locator(`tbody td:nth-child(${heads.indexOf(name) + 1})`)
    .allTextContents();
  return cells.map((text) => text === "–" ? 0 : Number(text.replaceAll(",", "")));
}

const sum = (figures: number[]) => figures.reduce((total, each) => total + each, 0);

Deno.test({
  name: "the overview's charts go on by themselves, back by a drag, and are there after a restart",
  ignore: !hasChromium,
  async fn(t) {
    await using millrace = await startMillrace();
    await using chromium = await startChromium();
    const viewport = { width: 1280, height: 320 };
    const { page, errors } = await chromium.newPage({ ...inEnglish, viewport });
    await page.goto(millrace.url);
    await shows(page, "connection", /^Live/);

    await t.step(
      "they come alive once they are seen, and the focus stays where it is",
      async () => {
        assert.equal(await page.locator(".chart canvas").count(), 0);
        await page.getByRole("button", { name: "Earlier" }).focus();
        await page.locator(".chart canvas").first().waitFor();
        const focused = await page.evaluate(() =>
          document.activeElement?.getAttribute("aria-label")
        );
        assert.equal(focused, "Earlier");
      },
    );

    await t.step("what happens is in the charts without a question to the server", async () => {
      const asked: string[] = [];
      page.on("request", (request) => asked.push(request.url()));
      await page.locator(".chart-table summary").first().click();
      for (const number of [1, 2, 3]) {
        await importLines(millrace, [articleLine(number)]);
        await shows(page, "processed_total", String(number));
      }
      await eventually(async () => assert.ok(sum(await column(page, "Processed")) > 0));
      await eventually(async () => {
        const trend = page.locator('.figure[data-field="processed_today"] .line path');
        assert.match(await trend.getAttribute("d") ?? "", /L/);
      });
      assert.deepEqual(asked, []);
      page.removeAllListeners("request");
    });

    await t.step("a drag leads back, and a button to now", async () => {
      await shows(page, "period", /until now$/);
      const chart = await page.locator(".u-over").first().boundingBox();
      assert.ok(chart !== null);
      const [x, y] = [chart.x + chart.width / 4, chart.y + chart.height / 2];
      await page.mouse.move(x, y);
      await page.mouse.down();
      await page.mouse.move(x + chart.width / 2, y, { steps: 5 });
      await page.mouse.up();
      await shows(page, "period", /^\d\d:\d\d:\d\d – \d\d:\d\d:\d\d$/);
      await page.getByRole("button", { name: "Back to now" }).click();
      await shows(page, "period", /until now$/);
    });

    await t.step("an hour, a day and a week are a press away", async () => {
      for (const span of ["1 hour", "1 day", "1 week"]) {
        const button = page.getByRole("button", { name: span });
        await button.click();
        await eventually(async () => {
          assert.equal(await button.getAttribute("aria-pressed"), "true");
        });
        await shows(page, "period", /until now$/);
      }
      await page.getByRole("button", { name: "Earlier" }).click();
      await shows(page, "period", / – /);
    });

    await t.step("after a crash all of it is there again, with scripts and without", async () => {
      await millrace.kill();
      await millrace.start();
      for (const javaScriptEnabled of [true, false]) {
        const { page: later } = await chromium.newPage({ ...inEnglish, javaScriptEnabled });
        await later.goto(`${millrace.url}/?span=1h`);
        assert.ok(sum(await column(later, "Processed")) > 0, `scripts: ${javaScriptEnabled}`);
        await later.getByRole("button", { name: "5 min" }).click();
        await eventually(async () => assert.ok(sum(await column(later, "Processed")) > 0));
        await later.close();
      }
    });

    assert.deepEqual(errors.filter((error) => !/WebSocket|ERR_CONN/.test(error)), []);
  },
});
