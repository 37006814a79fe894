import assert from "node:assert/strict";
import type { Page } from "playwright-core";
import { hasChromium, startChromium } from "../support/chromium.ts";
import { eventually } from "../support/eventually.ts";
import { startMillrace } from "../support/millrace.ts";
import { articleLine, importLines, shows } from "../support/overview.ts";

const inEnglish = { locale: "en-US" };

/** The values of a column of the table behind the rate chart. */
async function column(page: Page, name: string): Promise<number[]> {
  const table = page.locator(".series-table").first();
  const heads = await table.locator("thead th").allTextContents();
  const cells = await table.locator(`tbody td:nth-child(${heads.indexOf(name) + 1})`)
    .allTextContents();
  return cells.map((text) => text === "–" ? 0 : Number(text.replaceAll(",", "")));
}

const sum = (figures: number[]) => figures.reduce((total, each) => total + each, 0);

Deno.test({
  name: "the overview's charts update live, pan by drag, and survive a restart",
  ignore: !hasChromium,
  async fn(t) {
    await using millrace = await startMillrace();
    await using chromium = await startChromium();
    const viewport = { width: 1280, height: 320 };
    const { page, errors } = await chromium.newPage({ ...inEnglish, viewport });
    await page.goto(millrace.url);
    await shows(page, "connection", /^Live/);

    await t.step(
      "they hydrate when visible, without moving the focus",
      async () => {
        const path = page.locator(".chart .s-out path").last();
        assert.notEqual(await path.getAttribute("d"), null);
        await path.evaluate((drawn) => drawn.setAttribute("data-server", "true"));
        await page.getByRole("button", { name: "Earlier" }).focus();
        await page.locator("[data-server]").waitFor({ state: "detached" });
        const focused = await page.evaluate(() =>
          document.activeElement?.getAttribute("aria-label")
        );
        assert.equal(focused, "Earlier");
      },
    );

    await t.step("live messages update the charts without requests to the server", async () => {
      const requested: string[] = [];
      page.on("request", (request) => {
        if (!/\/icons\/|\/api\/(events|processor\/timings)\?/.test(request.url())) {
          requested.push(request.url());
        }
      });
      await page.locator(".chart-table summary").first().click();
      for (const number of [1, 2, 3]) {
        const articles = Array.from({ length: 100 }, (_, n) => articleLine(number * 100 + n));
        await importLines(millrace, articles);
        await shows(page, "processed_total", String(number * 100));
      }
      await eventually(async () => assert.ok(sum(await column(page, "Finished/s")) > 0));
      await eventually(async () => {
        const trend = page.locator('[data-field="speed"] .spark path:last-child');
        assert.match(await trend.getAttribute("d") ?? "", /L/);
      });
      assert.deepEqual(requested, []);
      page.removeAllListeners("request");
    });

    await t.step("a drag pans into the past, and a button returns to now", async () => {
      await shows(page, "period", /to now$/);
      await page.setViewportSize({ width: 1280, height: 900 });
      await page.locator(".chart-plot").first().scrollIntoViewIfNeeded();
      const chart = await page.locator(".chart-plot").first().boundingBox();
      assert.ok(chart !== null);
      const [x, y] = [chart.x + chart.width / 4, chart.y + chart.height / 2];
      await page.mouse.move(x, y);
      await page.mouse.down();
      await page.mouse.move(x + chart.width / 2, y, { steps: 5 });
      await page.mouse.up();
      await shows(page, "period", /^\d\d:\d\d:\d\d – \d\d:\d\d:\d\d$/);
      await page.waitForURL(/until=\d+/);
      await page.reload();
      await shows(page, "period", /^\d\d:\d\d:\d\d – \d\d:\d\d:\d\d$/);
      await page.locator("[data-live=true]").waitFor();
      await page.getByRole("button", { name: "Back to now" }).click();
      await shows(page, "period", /to now$/);
    });

    await t.step("the time is shown on hover in each chart, and by keyboard", async () => {
      const plot = page.locator(".chart-plot").first();
      await plot.scrollIntoViewIfNeeded();
      await plot.hover({ position: { x: 300, y: 60 } });
      const tip = page.locator(".tip").first();
      await tip.waitFor();
      assert.match(await tip.textContent() ?? "", /^\d\d:\d\d:\d\dFinished\/s.*Failing\/s/);
      assert.equal(await page.locator(".cursor-line").count(), 4);
      await page.mouse.move(0, 0);
      await tip.waitFor({ state: "detached" });

      const slider = page.getByRole("slider", { name: "Queue: moment on the chart" });
      await slider.focus();
      const newest = await slider.getAttribute("aria-valuetext");
      assert.match(newest ?? "", /^\d\d:\d\d:\d\d, Waiting \S+, To retry/);
      await page.keyboard.press("ArrowLeft");
      await eventually(async () => {
        assert.notEqual(await slider.getAttribute("aria-valuetext"), newest);
      });
      await page.locator(".tip").first().waitFor();
    });

    await t.step(
      "percentiles of waiting and processing times are drawn, each with its own dash pattern",
      async () => {
        const run = page.locator(".chart", { hasText: "Run, ms" });
        await eventually(async () => {
          for (const [name, dash] of [["p50", ""], ["p95", "dash"], ["p99", "dot"]] as const) {
            const path = run.locator(`.chart-plot .s-${name} path`);
            assert.match(await path.getAttribute("d") ?? "", /^M/);
            assert.equal(await path.getAttribute("class") ?? "", dash);
          }
        }, 30_000);
      },
    );

    await t.step("an event is a marker that links to its minute", async () => {
      await page.locator(".chart").first().locator("a:has(.mark)").last().click();
      await page.waitForURL(/\/events\?minute=\d+$/);
      await page.goBack();
      await shows(page, "connection", /^Live/);
      await page.locator(".chart-plot").first().click({ position: { x: 200, y: 90 } });
      await page.waitForURL(/\/events\?minute=\d+$/);
      await page.goBack();
      await shows(page, "connection", /^Live/);
      await page.locator("[data-live=true]").waitFor();
    });

    await t.step("one click selects an hour, a day or a week", async () => {
      for (const span of ["1 hour", "1 day", "1 week"]) {
        const button = page.getByRole("button", { name: span });
        await button.click();
        await eventually(async () => {
          assert.equal(await button.getAttribute("aria-pressed"), "true");
        });
        await shows(page, "period", /to now$/);
      }
      await page.getByRole("button", { name: "Earlier" }).click();
      await shows(page, "period", / – /);
    });

    await t.step("after a crash, the charts are complete, with and without scripts", async () => {
      await millrace.kill();
      await millrace.start();
      for (const javaScriptEnabled of [true, false]) {
        const { page: later } = await chromium.newPage({ ...inEnglish, javaScriptEnabled });
        await later.goto(`${millrace.url}/?span=1h`);
        assert.ok(sum(await column(later, "Finished/s")) > 0, `scripts: ${javaScriptEnabled}`);
        await later.getByRole("button", { name: "5 min" }).click();
        await eventually(async () => assert.ok(sum(await column(later, "Finished/s")) > 0));
        await later.close();
      }
    });

    assert.deepEqual(errors.filter((error) => !/WebSocket|ERR_CONN/.test(error)), []);
  },
});
