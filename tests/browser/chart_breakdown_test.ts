import assert from "node:assert/strict";
import type { Page } from "playwright-core";
import { faultsOf } from "../support/axe.ts";
import { hasChromium, startChromium } from "../support/chromium.ts";
import { eventually } from "../support/eventually.ts";
import { startMillrace } from "../support/millrace.ts";
import { importLines, scrollToCharts, shows } from "../support/overview.ts";

const inEnglish = { locale: "en-US", bypassCSP: true, viewport: { width: 1280, height: 900 } };

const grouped = (group: string, number: number) =>
  `${
    JSON.stringify({
      title: `${group} ${number}`,
      group,
      source: `${group}-${number}`,
      content: "A paragraph that is long enough to be kept, whatever else it contains.",
    })
  }\n`;

const titles = (page: Page) => page.locator(".charts h3").allTextContents();

Deno.test({
  name: "the charts break down by node and by group, and compare two of them",
  ignore: !hasChromium,
  async fn(t) {
    await using millrace = await startMillrace();
    await using chromium = await startChromium();
    for (const [group, count] of [["poems", 40], ["news", 80]] as const) {
      await importLines(millrace, Array.from({ length: count }, (_, n) => grouped(group, n)));
    }
    const { page, errors } = await chromium.newPage(inEnglish);
    await page.goto(millrace.url);
    await shows(page, "processed_total", "120");
    await scrollToCharts(page);

    await t.step(
      "by group, each group has a chart on the same scale, and the URL contains the choice",
      async () => {
        await page.getByRole("button", { name: "By group" }).click();
        await page.waitForURL(/by=group/);
        await eventually(
          async () => assert.deepEqual(await titles(page), ["news", "poems"]),
          20_000,
        );
        const scales = await page.locator(".charts .plot > svg:first-child").allTextContents();
        assert.equal(new Set(scales).size, 1);
        await eventually(async () => {
          const path = page.locator(".chart-plot .s-out path:not(.area)").first();
          assert.match(await path.getAttribute("d") ?? "", /^M/);
        }, 20_000);
        assert.deepEqual(await faultsOf(page), []);
      },
    );

    await t.step("two groups are compared in one chart and in numbers", async () => {
      await page.getByLabel("Compare", { exact: true }).selectOption("news");
      await page.getByLabel("with", { exact: true }).selectOption("poems");
      await page.waitForURL(/by=group&a=news&b=poems/);
      const row = page.locator(".comparison tr", { hasText: "Finished" });
      assert.deepEqual(await row.locator("td").allTextContents(), ["80", "40", "−50%"]);
      assert.deepEqual(await titles(page), ["Finished/s", "Failing/s"]);
      for (const [name, dash] of [["a", ""], ["b", "dash"]] as const) {
        const path = page.locator(`.chart-plot .s-${name} path`).first();
        assert.match(await path.getAttribute("d") ?? "", /^M/);
        assert.equal(await path.getAttribute("class") ?? "", dash);
      }
      assert.deepEqual(await faultsOf(page), []);
    });

    await t.step("the time is shown for both, on hover and by keyboard", async () => {
      await page.locator(".chart-plot").first().hover({ position: { x: 100, y: 60 } });
      const tip = page.locator(".tip").first();
      await tip.waitFor();
      assert.match(await tip.textContent() ?? "", /^\d\d:\d\d:\d\dnews.*poems/);
      await page.mouse.move(0, 0);
      const slider = page.getByRole("slider", { name: "Finished/s: moment on the chart" });
      await slider.focus();
      assert.match(await slider.getAttribute("aria-valuetext") ?? "", /news \S+, poems/);
      await page.locator(".chart-table summary").first().click();
      const head = await page.locator(".series-table").first().locator("thead th")
        .allTextContents();
      assert.deepEqual(head, ["Time", "news", "poems"]);
    });

    await t.step("a link to the comparison shows the same, with and without scripts", async () => {
      const address = page.url();
      for (const javaScriptEnabled of [true, false]) {
        const { page: other } = await chromium.newPage({ ...inEnglish, javaScriptEnabled });
        await other.goto(address);
        assert.deepEqual(await titles(other), ["Finished/s", "Failing/s"]);
        const row = other.locator(".comparison tr", { hasText: "Finished" });
        assert.deepEqual(await row.locator("td").allTextContents(), ["80", "40", "−50%"]);
        await other.getByRole("button", { name: "1 hour" }).click();
        await other.waitForURL(/span=1h/);
        assert.deepEqual(await titles(other), ["Finished/s", "Failing/s"]);
        await other.getByRole("button", { name: "By node" }).click();
        await other.waitForURL(/by=node/);
        await eventually(async () => assert.equal((await titles(other)).length, 1));
        await other.close();
      }
    });

    await t.step("one click returns to the total", async () => {
      await page.getByRole("button", { name: "Total", exact: true }).click();
      await eventually(async () => assert.equal((await titles(page)).length, 4));
      assert.doesNotMatch(page.url(), /by=/);
    });
    assert.deepEqual(errors, []);
  },
});
