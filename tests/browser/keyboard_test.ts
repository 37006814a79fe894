import assert from "node:assert/strict";
import type { Page } from "playwright-core";
import { hasChromium, startChromium } from "../support/chromium.ts";
import { eventually } from "../support/eventually.ts";
import { startMillrace } from "../support/millrace.ts";
import { articleLine, configure, importLines, shown, shows } from "../support/overview.ts";

const english = { locale: "en-US" };
const palette = (page: Page) => page.getByRole("dialog", { name: /Command palette|命令面板/ });
const keyList = (page: Page) => page.getByRole("dialog", { name: /Keyboard shortcuts|键盘快捷键/ });

/** Waits until a page is at a path and handles keys. */
async function arrive(page: Page, path: string) {
  await page.waitForURL((url) => url.pathname + url.search === path);
  await page.locator('[data-link="live"]').waitFor();
}

/** Presses keys in sequence. */
async function press(page: Page, ...keys: string[]) {
  for (const key of keys) await page.keyboard.press(key);
}

/** Opens the palette, types into it, and runs the first entry. */
async function choose(page: Page, text: string) {
  await press(page, "Control+k");
  await palette(page).waitFor();
  await page.keyboard.type(text);
  await press(page, "Enter");
}

/** Closes the open dialog and waits until it loses the focus. */
async function leave(page: Page) {
  await press(page, "Escape");
  await eventually(async () =>
    assert.equal(await page.evaluate(() => document.activeElement?.closest("dialog") ?? null), null)
  );
}

function focusedName(page: Page): Promise<string | null> {
  return page.evaluate(() => document.activeElement?.getAttribute("name") ?? null);
}

Deno.test({
  name: "the whole dashboard can be operated by keyboard alone",
  ignore: !hasChromium,
  async fn(t) {
    await using millrace = await startMillrace({ env: { MILLRACE_POISON: "on" } });
    await using chromium = await startChromium();
    await configure(millrace, { retry_max: 0 });
    await importLines(millrace, [articleLine(1), articleLine(2, true)]);
    const { page, errors } = await chromium.newPage(english);
    const expectText = (text: string) =>
      page.locator('[role="status"]').filter({ hasText: text }).waitFor({ state: "attached" });

    await t.step("a two-key sequence opens each page", async () => {
      await page.goto(millrace.url);
      await arrive(page, "/");
      const ways = [
        ["f", "/failures"],
        ["a", "/articles"],
        ["w", "/workers"],
        ["l", "/logs"],
        ["i", "/import"],
        ["s", "/settings"],
        ["o", "/"],
      ] as const;
      for (const [letter, path] of ways) {
        await press(page, "g", letter);
        await arrive(page, path);
      }
      await press(page, "g", "v");
      await arrive(page, "/?view=wall");
      await page.goBack();
      await arrive(page, "/");
    });

    await t.step(
      "two-key sequences stop and start the stream on any page, which shows the result",
      async () => {
        await press(page, "d", "x");
        await expectText("Stopped");
        await shows(page, "running", "Stopped");
        await shows(page, "spoken", /^Stopped: .* 0 waiting, 0 to retry, 1 dead letter\.$/);
        await press(page, "g", "w");
        await arrive(page, "/workers");
        await press(page, "d", "s");
        await expectText("Started");
        await eventually(async () => assert.match(await page.title(), /^Keeping up/));
      },
    );

    await t.step("/ focuses the page's search field, or that of the articles", async () => {
      await press(page, "/");
      await page.waitForURL(/\/articles#search$/);
      await eventually(async () => assert.equal(await focusedName(page), "q"));
      await page.keyboard.type("Article 1");
      await press(page, "Enter");
      await page.waitForURL(/q=Article\+1/);
      await page.locator('[data-link="live"]').waitFor();
      assert.notEqual(await focusedName(page), "q");
      await press(page, "/");
      assert.equal(await focusedName(page), "q");
    });

    await t.step(
      "shortcuts are disabled in fields, with modifiers, and in dialogs",
      async () => {
        const before = page.url();
        await page.keyboard.type("g o?/d x");
        assert.match(await page.locator("#search").inputValue(), /g o\?\/d x$/);
        await page.locator("#search").blur();
        await press(page, "Alt+g", "o", "g", "Control+o", "g", "Escape", "x");
        await press(page, "Control+k");
        await palette(page).waitFor();
        await page.keyboard.type("g o?");
        assert.equal(await page.getByRole("combobox", { name: /page/ }).inputValue(), "g o?");
        await leave(page);
        assert.equal(await keyList(page).count(), 0);
        assert.equal(page.url(), before);
      },
    );

    await t.step("the palette opens pages in both languages", async () => {
      await choose(page, "nodes");
      await arrive(page, "/workers");
      await choose(page, "日志");
      await arrive(page, "/logs");
      await choose(page, "wall");
      await arrive(page, "/?view=wall");
      await page.goBack();
      await arrive(page, "/logs");
    });

    await t.step("the palette is a combobox, and arrow keys move its selection", async () => {
      const field = page.getByRole("combobox", { name: "A page, an action" });
      const active = async () => {
        const id = await field.getAttribute("aria-activedescendant");
        return await page.locator(`#${id}[aria-selected="true"] > span:first-of-type`)
          .textContent();
      };
      await press(page, "Control+k");
      await palette(page).waitFor();
      assert.equal(await field.evaluate((each) => each === document.activeElement), true);
      assert.equal(await active(), "Overview");
      await press(page, "ArrowDown", "ArrowDown");
      assert.equal(await active(), "Failures");
      await press(page, "ArrowUp");
      assert.equal(await active(), "Nodes");
      await press(page, "ArrowUp", "ArrowUp");
      assert.equal(await active(), "Keyboard shortcuts", "it wraps around");
      await page.keyboard.type("the");
      assert.equal(await active(), "Theme: system");
      await palette(page).getByRole("status").filter({ hasText: /^\d+ choices$/ }).waitFor({
        state: "attached",
      });
      await press(page, "Control+k");
      await palette(page).waitFor({ state: "detached" });
    });

    await t.step("the palette restores the focus", async () => {
      const field = page.locator('main input[type="search"]');
      await field.focus();
      await press(page, "Control+k");
      await palette(page).waitFor();
      await press(page, "Escape");
      await eventually(async () =>
        assert.equal(await field.evaluate((each) => each === document.activeElement), true)
      );
      const opener = page.getByRole("button", { name: "Search…" });
      await opener.focus();
      await press(page, "Enter");
      await palette(page).waitFor();
      await press(page, "Escape");
      await eventually(async () =>
        assert.equal(await opener.evaluate((each) => each === document.activeElement), true)
      );
    });

    await t.step("the palette can stop, start and retry", async () => {
      await choose(page, "stop");
      await expectText("Stopped");
      await choose(page, "start");
      await expectText("Started");
      await choose(page, "retry");
      await expectText("0 failed articles queued again");
    });

    await t.step("the palette asks for confirmation before clearing dead letters", async () => {
      await choose(page, "clear");
      const question = page.getByRole("dialog", { name: "Clear 1 dead letter?" });
      await question.waitFor();
      assert.ok(await question.evaluate((each) => each.matches(":modal")));
      await arrive(page, "/");
      await press(page, "Enter");
      await question.waitFor({ state: "hidden" });
      assert.equal(await shown(page, "queue_dead"), "1", "the safe button has the focus");
      await press(page, "d", "c");
      await question.waitFor();
      await arrive(page, "/");
      await press(page, "Tab", "Enter");
      await expectText("1 dead letter cleared");
      await shows(page, "queue_dead", "0");
    });

    await t.step("the palette changes the theme and the language", async () => {
      await choose(page, "dark");
      assert.equal(await page.getAttribute("html", "data-theme"), "dark");
      const dark = page.getByRole("button", { name: "Dark" });
      await eventually(async () => assert.equal(await dark.getAttribute("aria-pressed"), "true"));
      await choose(page, "language");
      await page.getByRole("heading", { level: 1, name: "概览" }).waitFor();
      await page.locator('[data-link="live"]').waitFor();
      assert.equal(await page.getAttribute("html", "data-theme"), "dark");
      await choose(page, "english");
      await page.getByRole("heading", { level: 1, name: "Overview" }).waitFor();
      await page.locator('[data-link="live"]').waitFor();
    });

    await t.step("the palette searches the articles for unknown text", async () => {
      await choose(page, "Article 2");
      await page.waitForURL(/\/articles\?q=Article\+2$/);
      await page.locator(".rows").getByText("Article 2").first().waitFor();
      await page.locator('[data-link="live"]').waitFor();
    });

    await t.step("? lists the shortcuts, which can be turned off permanently", async () => {
      await press(page, "?");
      await keyList(page).waitFor();
      await keyList(page).getByRole("row", { name: /^Stop processing/ }).waitFor();
      const characters = keyList(page).getByRole("checkbox");
      assert.ok(await characters.isChecked());
      await press(page, "Tab", "Space");
      assert.ok(!await characters.isChecked());
      await leave(page);
      await press(page, "?", "g", "o");
      await page.reload();
      await page.locator('[data-link="live"]').waitFor();
      await press(page, "?");
      await choose(page, "keyboard");
      await keyList(page).waitFor();
      await press(page, "Tab", "Space");
      await leave(page);
      await press(page, "g", "o");
      await arrive(page, "/");
    });

    assert.deepEqual(errors, []);
  },
});

Deno.test({
  name: "a viewer's palette and shortcuts exclude actions of other roles, and can sign out",
  ignore: !hasChromium,
  async fn() {
    const tokens = { ADMIN_TOKEN: "the-token-of-an-admin", VIEWER_TOKEN: "the-token-of-a-viewer" };
    await using millrace = await startMillrace({ env: tokens });
    await using chromium = await startChromium();
    const { page, errors } = await chromium.newPage(english);
    await page.goto(millrace.url);
    await page.locator("[name=token]:focus").waitFor();
    await page.keyboard.type(tokens.VIEWER_TOKEN);
    await press(page, "Enter");
    await arrive(page, "/");

    await press(page, "d", "x", "g", "i");
    assert.equal(await shown(page, "running"), "Ready for the first article");
    await press(page, "Control+k");
    await palette(page).waitFor();
    const offered = await palette(page).getByRole("option").allTextContents();
    assert.ok(offered.length > 10);
    assert.deepEqual(offered.filter((name) => /Start|Stop|Retry|Clear|Import/.test(name)), []);
    await leave(page);
    const pages = await page.getByRole("navigation", { name: "Main" }).getByRole("link").all();
    for (const each of pages) {
      const path = await each.getAttribute("href");
      assert.equal((await page.request.get(`${millrace.url}${path}`)).status(), 200, path ?? "");
    }
    await choose(page, "sign out");
    await page.getByLabel("Token").waitFor();
    assert.equal(new URL(page.url()).pathname, "/sign-in");
    assert.deepEqual(errors, []);
  },
});
