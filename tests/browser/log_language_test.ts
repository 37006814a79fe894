import assert from "node:assert/strict";
import type { Page } from "playwright-core";
import { assertAccessible } from "../support/axe_everywhere.ts";
import { hasChromium, startChromium } from "../support/chromium.ts";
import { eventually } from "../support/eventually.ts";
import { startMillrace } from "../support/millrace.ts";
import { articleLine, configure, importLines } from "../support/overview.ts";

const inChinese = { locale: "zh-CN" };
const DEAD = /^文章 \d+ 第 1 次失败，成为死信：/;
const LOGGED = /Article \d+ failed, try 1, and is now a dead letter: /;

const rows = (page: Page) => page.getByRole("listbox").getByRole("option");
const deadRow = (page: Page) => rows(page).filter({ hasText: /第 1 次失败，成为死信/ });

Deno.test({
  name:
    "on a Chinese page the log is in Chinese, live and kept, with the logged text one click away",
  ignore: !hasChromium,
  async fn(t) {
    await using millrace = await startMillrace({ env: { MILLRACE_POISON: "on" } });
    await configure(millrace, { retry_max: 0 });
    await using chromium = await startChromium();
    const { page, errors } = await chromium.newPage(inChinese);
    const dead = page.locator(".log-lines summary").filter({ hasText: DEAD });

    await t.step(
      "the overview's log has lines that arrive, and those of before a reload",
      async () => {
        await page.goto(millrace.url);
        await page.locator(".log-lines summary").filter({ hasText: /已启动/ }).waitFor();
        await importLines(millrace, [articleLine(1, true)]);
        await dead.waitFor();
        await page.reload();
        await dead.waitFor();
      },
    );

    await t.step("a click, or a key, shows a line as it was logged", async () => {
      const asLogged = page.getByText(LOGGED);
      assert.equal(await asLogged.isVisible(), false);
      await dead.click();
      await asLogged.waitFor();
      assert.equal(await asLogged.getAttribute("lang"), "en");
      await dead.press("Enter");
      await asLogged.waitFor({ state: "hidden" });
    });

    await t.step("one Tab reaches the lines, and the arrow keys move between them", async () => {
      const lines = page.locator(".log-lines summary");
      assert.equal(await page.locator('.log-lines summary[tabindex="0"]').count(), 1);
      await lines.first().focus();
      await page.keyboard.press("ArrowDown");
      assert.equal(await lines.nth(1).evaluate((line) => line === document.activeElement), true);
      await page.keyboard.press("ArrowUp");
      assert.equal(await lines.first().evaluate((line) => line === document.activeElement), true);
    });

    await t.step(
      "the logs page has both texts of a selected line, and searches both",
      async () => {
        await page.goto(`${millrace.url}/logs`);
        await deadRow(page).click();
        const detail = page.getByRole("region", { name: "选中的一行" });
        await detail.getByText(DEAD).waitFor();
        await detail.getByText(LOGGED).waitFor();
        await page.getByRole("searchbox").fill("dead letter");
        await eventually(async () => assert.equal(await rows(page).count(), 1));
      },
    );

    await t.step("so do the kept log and a minute of the timeline", async () => {
      await eventually(async () => {
        await page.goto(`${millrace.url}/logs?since=0&q=成为死信`);
        assert.equal(await deadRow(page).count(), 1);
        assert.equal(await rows(page).count(), 1);
      });
      const minute = Math.floor(Date.now() / 60_000) * 60_000;
      await eventually(async () => {
        const shown = await Promise.all([minute, minute - 60_000].map(async (each) => {
          const response = await millrace.fetch(`/events?minute=${each}`, {
            headers: { "accept-language": "zh-CN" },
          });
          return await response.text();
        }));
        assert.match(shown.join(), /<summary[^>]*>文章 \d+ 第 1 次失败，成为死信：/);
      });
    });

    await t.step("programs and English pages have the logged text only", async () => {
      const response = await millrace.fetch("/api/processor/logs?q=dead letter");
      const { data: { lines: [line] } } = await response.json();
      assert.match(line.message, LOGGED);
      assert.equal(line.code, "article_dead");
      assert.equal(line.parameters.tries, "1");
      assert.ok(!("worded" in line));
      const { page: english } = await chromium.newPage({ locale: "en-US" });
      await english.goto(millrace.url);
      await english.locator(".log-lines").getByText(LOGGED).waitFor();
      assert.equal(await english.locator(".log-lines summary").count(), 0);
    });

    await t.step("an open line passes axe-core", async () => {
      await assertAccessible(chromium, millrace.url, async (page) => {
        await page.locator(".log-lines li").first().waitFor();
        const lines = page.locator(".log-lines summary");
        if (await lines.count() > 0) await lines.first().click();
      });
    });

    assert.deepEqual(errors, []);
  },
});
