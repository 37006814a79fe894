import assert from "node:assert/strict";
import type { Page } from "playwright-core";
import { faultsOf } from "../support/axe.ts";
import { assertAccessible } from "../support/axe_everywhere.ts";
import { hasChromium, startChromium } from "../support/chromium.ts";
import { eventually } from "../support/eventually.ts";
import { startMillrace } from "../support/millrace.ts";
import { articleLine, configure, importLines, shown, shows } from "../support/overview.ts";

/** The text of the focused element, or its name if it has no text. */
function focused(page: Page): Promise<string> {
  return page.evaluate(() => {
    const element = document.activeElement;
    return element?.getAttribute("aria-label") ?? element?.textContent?.trim() ?? "";
  });
}

function background(page: Page): Promise<string> {
  return page.evaluate(() => getComputedStyle(document.documentElement).backgroundColor);
}

Deno.test({
  name: "the overview is accessible",
  ignore: !hasChromium,
  async fn(t) {
    await using millrace = await startMillrace({ env: { MILLRACE_POISON: "on" } });
    await using chromium = await startChromium();
    await configure(millrace, { retry_max: 0 });
    await importLines(millrace, [articleLine(1), articleLine(2, true)]);

    await t.step("it uses the browser's language until the user switches", async () => {
      const { page, errors } = await chromium.newPage({ locale: "zh-CN" });
      await page.goto(millrace.url);
      assert.equal(await page.getByRole("heading", { level: 1 }).textContent(), "概览");
      await shows(page, "running", "处理及时");
      await shows(page, "queue_dead", "1");
      for (const label of ["等待", "待重试", "死信", "今日处理", "处理速度"]) {
        const figure = page.locator("dt").getByText(label, { exact: true });
        assert.equal(await figure.count(), 1, label);
      }
      for (const name of ["启动", "停止", "重试失败 (0)", "清除死信 (1)"]) {
        assert.equal(await page.getByRole("button", { name }).count(), 1, name);
      }
      await shows(page, "connection", /^实时/);
      await eventually(async () =>
        assert.match(await page.title(), /^处理及时 · 0 篇等待 – Millrace$/)
      );
      await page.getByRole("button", { name: "EN", exact: true }).click();
      await page.getByRole("heading", { name: "Overview" }).waitFor();
      assert.equal(await page.getAttribute("html", "lang"), "en");
      await page.reload();
      await page.getByRole("heading", { name: "Overview" }).waitFor();
      await page.getByRole("button", { name: "中文" }).click();
      await page.getByRole("heading", { name: "概览" }).waitFor();
      assert.deepEqual(errors, []);
    });

    await t.step(
      "its theme follows the device until the user chooses one, which is remembered",
      async () => {
        const { page } = await chromium.newPage({ locale: "en-US", colorScheme: "dark" });
        await page.goto(millrace.url);
        const dark = await background(page);
        await page.getByRole("button", { name: "Light" }).click();
        await eventually(async () => assert.notEqual(await background(page), dark));
        await page.reload({ waitUntil: "commit" });
        assert.equal(await page.getAttribute("html", "data-theme"), "light");
        await page.getByRole("button", { name: "System" }).click();
        await eventually(async () => assert.equal(await background(page), dark));
      },
    );

    await t.step("it can be operated by keyboard alone", async () => {
      const { page } = await chromium.newPage({ locale: "en-US" });
      await page.goto(millrace.url);
      await shows(page, "connection", /^Live/);
      await page.keyboard.press("Tab");
      assert.equal(await focused(page), "Skip to content");
      const reached: string[] = [];
      for (let presses = 0; presses < 60 && !reached.includes("Pause"); presses++) {
        await page.keyboard.press("Tab");
        reached.push(await focused(page));
      }
      const wanted = ["Overview", "System", "Refresh", "Start", "Stop", "Clear dead (1)", "Pause"];
      for (const name of wanted) assert.ok(reached.includes(name), `${name} of ${reached}`);

      await page.getByRole("button", { name: "Stop" }).focus();
      await page.keyboard.press("Enter");
      await shows(page, "running", "Stopped");
      assert.equal(await focused(page), "Stop", "the focus does not move");
      await page.getByRole("button", { name: "Start" }).focus();
      await page.keyboard.press("Space");
      await shows(page, "running", "Keeping up");

      await page.getByRole("button", { name: "Clear dead (1)" }).focus();
      await page.keyboard.press("Enter");
      await page.getByRole("dialog").waitFor();
      assert.equal(await focused(page), "Cancel", "the safe button has the focus");
      await page.keyboard.press("Escape");
      assert.equal(await focused(page), "Clear dead (1)");
      assert.equal(await shown(page, "queue_dead"), "1");
    });

    await t.step("axe-core finds no violations in both languages and themes", async () => {
      await assertAccessible(
        chromium,
        millrace.url,
        (page) => shows(page, "connection", /^(Live|实时)/),
      );
      await assertAccessible(chromium, millrace.url, async (page) => {
        await page.locator(".verdict form", { hasText: /Clear|清除/ }).getByRole("button").click();
        await page.getByRole("dialog").waitFor();
      });
    });

    await t.step("nothing is cut off from 360 pixels to a wall display", async () => {
      for (const [width, height] of [[360, 640], [768, 1024], [2560, 1440]] as const) {
        const { page } = await chromium.newPage({ viewport: { width, height } });
        await page.goto(millrace.url);
        await shows(page, "connection", /^Live/);
        const overflow = await page.evaluate(() =>
          document.documentElement.scrollWidth - document.documentElement.clientWidth
        );
        assert.equal(overflow, 0, `${width} pixels`);
        await page.close();
      }
    });
  },
});

Deno.test({
  name: "the overview hides actions that a viewer may not perform",
  ignore: !hasChromium,
  async fn() {
    const tokens = { ADMIN_TOKEN: "the-token-of-an-admin", VIEWER_TOKEN: "the-token-of-a-viewer" };
    await using millrace = await startMillrace({ env: tokens });
    await using chromium = await startChromium();
    const { page, errors } = await chromium.newPage({ locale: "en-US", bypassCSP: true });

    await page.goto(millrace.url);
    assert.equal(new URL(page.url()).pathname, "/sign-in");
    assert.deepEqual(await faultsOf(page), []);
    await page.getByLabel("Token").fill(tokens.VIEWER_TOKEN);
    await page.getByRole("button", { name: "Sign in" }).click();

    await shows(page, "connection", /^Live/);
    await page.getByText("Viewer", { exact: true }).waitFor();
    const offered = await page.getByRole("button").allTextContents();
    assert.deepEqual(offered.filter((name) => /Start|Stop|Retry|Clear|Import/.test(name)), []);
    assert.equal(await page.getByRole("dialog").count(), 0);
    assert.deepEqual(await faultsOf(page), []);

    await page.getByRole("button", { name: "中文" }).click();
    await page.getByRole("heading", { name: "概览" }).waitFor();
    await page.getByRole("button", { name: "退出登录" }).click();
    await page.getByLabel("令牌").waitFor();
    assert.deepEqual(errors, []);
  },
});
