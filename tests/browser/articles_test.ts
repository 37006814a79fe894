import assert from "node:assert/strict";
import type { Page } from "playwright-core";
import { assertAccessible } from "../support/axe_everywhere.ts";
import { hasChromium, startChromium } from "../support/chromium.ts";
import { eventually } from "../support/eventually.ts";
import { type Millrace, startMillrace } from "../support/millrace.ts";
import { articleLine, configure, importLines } from "../support/overview.ts";

const inEnglish = { locale: "en-US" };

async function untilProcessed(millrace: Millrace, total: number) {
  await eventually(async () => {
    const { data } = await (await millrace.fetch("/api/processor/status")).json();
    assert.equal(data.processed_total, total);
  });
}

const rows = (page: Page) => page.locator(".rows tbody tr");
const titles = (page: Page) => page.locator(".rows-title a").allTextContents();

Deno.test({
  name: "articles are listed live, filtered by text, source, group and state, and paginated",
  ignore: !hasChromium,
  async fn(t) {
    await using millrace = await startMillrace();
    await using chromium = await startChromium();
    const { page, errors } = await chromium.newPage(inEnglish);
    await page.goto(`${millrace.url}/articles`);
    await page.getByRole("heading", { name: "No articles yet" }).waitFor();

    await t.step("new articles appear without a reload", async () => {
      await importLines(millrace, Array.from({ length: 3 }, (_, n) => articleLine(n)));
      await eventually(async () => assert.equal(await rows(page).count(), 3));
      await eventually(async () => {
        assert.equal(await page.locator('.rows .state[data-state="processed"]').count(), 3);
      });
    });

    await t.step("older articles are on the next page", async () => {
      await importLines(millrace, Array.from({ length: 60 }, (_, n) => articleLine(n + 3)));
      await page.getByRole("link", { name: "Older" }).click();
      await eventually(async () => assert.equal((await titles(page)).at(-1), "Article 0"));
      assert.equal(await rows(page).count(), 13);
      await page.getByRole("link", { name: "Newest" }).click();
      await eventually(async () => assert.equal((await titles(page))[0], "Article 62"));
    });

    await t.step("text, source, group and state filters can be combined", async () => {
      await importLines(millrace, [
        `${
          JSON.stringify({ title: "银行门口的行人", content: "文", source: "s/1", group: "城市" })
        }\n`,
      ]);
      await untilProcessed(millrace, 64);
      for (
        const [query, found] of [
          [{ "Title contains": "行人" }, 1],
          [{ "Title contains": "article 6" }, 4],
          [{ Source: "s/1" }, 1],
          [{ Group: "城市" }, 1],
          [{ Group: "城市", "Title contains": "Article" }, 0],
        ] as const
      ) {
        await page.goto(`${millrace.url}/articles`);
        for (const [label, text] of Object.entries(query)) await page.getByLabel(label).fill(text);
        await page.getByRole("button", { name: "Search", exact: true }).click();
        await page.getByRole("link", { name: "Clear filters" }).waitFor();
        assert.equal(await rows(page).count(), found, JSON.stringify(query));
      }
      await page.getByRole("link", { name: "Clear filters" }).click();
      await page.getByRole("link", { name: "Waiting", exact: true }).click();
      await page.getByRole("heading", { name: "No article matches" }).waitFor();
      await page.getByRole("link", { name: "Processed", exact: true }).click();
      await eventually(async () => assert.equal(await rows(page).count(), 50));
    });
    assert.deepEqual(errors, []);

    await t.step("axe-core finds no violations in any language, theme and width", async () => {
      await assertAccessible(
        chromium,
        `${millrace.url}/articles`,
        (page) => rows(page).first().waitFor(),
      );
    });
  },
});

Deno.test({
  name: "an article's page shows raw and processed text, drop reasons, and can reprocess it",
  ignore: !hasChromium,
  async fn(t) {
    await using millrace = await startMillrace({ env: { MILLRACE_POISON: "on" } });
    await using chromium = await startChromium();
    const content =
      "<p>银行门口的行人排着队，等着九点钟开门。</p><p>短</p><p>现在就扫码关注我们的公众号吧。</p>" +
      "<p>中等长度的一段话。</p>";
    await configure(millrace, { min_paragraph_length: 5 });
    await importLines(millrace, [`${JSON.stringify({ title: "银行", content })}\n`]);
    await untilProcessed(millrace, 1);
    const { page, errors } = await chromium.newPage(inEnglish);
    await page.goto(`${millrace.url}/articles/1`);
    const pairs = page.locator(".pairs .pair");

    await t.step("every paragraph is shown next to its result", async () => {
      assert.deepEqual(
        await pairs.evaluateAll((all) => all.map((each) => each.getAttribute("data-kind"))),
        ["kept", "dropped", "dropped", "kept"],
      );
      assert.equal(await pairs.nth(0).locator("ruby").first().textContent(), "银(yin)");
      assert.match(await pairs.nth(0).textContent() ?? "", /行\(hang\).*行\(xing\)/);
      await pairs.nth(1).getByText("Too short: 1 character of at least 5").waitFor();
      await pairs.nth(2).getByText("Advertising: “扫码关注”").waitFor();
      assert.equal(await pairs.nth(2).locator("mark").textContent(), "扫码关注");
      await page.getByText("Raw content").click();
      assert.equal(await page.locator(".article-source pre").textContent(), content);
    });

    await t.step("readings are shown above the characters, in brackets, or hidden", async () => {
      const shown = () => pairs.nth(0).locator(".pair-result p").first().innerText();
      const reading = page.locator("rt").first();
      assert.equal(await reading.evaluate((each) => getComputedStyle(each).display), "block");
      await page.getByText("In brackets", { exact: true }).click();
      assert.match(await shown(), /^银\(yin\)行\(hang\)门\(men\)/);
      await page.getByText("None", { exact: true }).click();
      assert.match(await shown(), /^银行门口的行人/);
    });

    await t.step(
      "changed settings are previewed, and a button applies them",
      async () => {
        await configure(millrace, { min_paragraph_length: 12 });
        await page.reload();
        await page.getByText("The settings have changed since").waitFor();
        await page.evaluate(() => document.body.dataset.mark = "the old page");
        await page.getByRole("button", { name: "Process again" }).click();
        await page.getByText("Queued again", { exact: true }).first().waitFor();
        await untilProcessed(millrace, 2);
        await page.getByText("Processed; 1 paragraph kept").waitFor();
        assert.equal(await page.getByText("The settings have changed since").count(), 0);
      },
    );

    await t.step("the page of a failing article shows its attempts live", async () => {
      await configure(millrace, { retry_max: 1 });
      await importLines(millrace, [articleLine(2, true)]);
      await page.goto(`${millrace.url}/articles/2`);
      await page.getByText("Try 1 failed").waitFor();
      await page.getByText("Try 2 failed").waitFor();
      await page.locator('.article-state .state[data-state="dead"]').waitFor();
    });
    assert.deepEqual(errors, []);

    await t.step("an unknown article returns 404", async () => {
      for (const id of ["99", "x", "-1"]) {
        const response = await millrace.fetch(`/articles/${id}`);
        assert.equal(response.status, 404);
        await response.body?.cancel();
      }
    });

    await t.step("axe-core finds no violations in any language, theme and width", async () => {
      for (const id of [1, 2]) {
        await assertAccessible(chromium, `${millrace.url}/articles/${id}`, async (page) => {
          for (const each of await page.locator("summary").all()) await each.click();
        });
      }
    });
  },
});

Deno.test({
  name: "titles are shown as text, and a huge article does not produce a huge page",
  ignore: !hasChromium,
  async fn() {
    await using millrace = await startMillrace({ env: { MILLRACE_POISON: "on" } });
    await using chromium = await startChromium();
    const title = `<img src=x onerror="document.title='hacked'"><script>alert(1)</script>`;
    const content = `<p>${"银行门口的行人排着队等着九点钟开门，".repeat(250)}</p>`.repeat(100);
    await importLines(millrace, [
      `${JSON.stringify({ title, content: "x", group: "g".repeat(100) })}\n`,
      `${JSON.stringify({ title: "长".repeat(500), content })}\n`,
    ]);
    await untilProcessed(millrace, 2);
    const viewport = { width: 1440, height: 900 };
    const { page, errors } = await chromium.newPage({ ...inEnglish, viewport });
    await page.goto(`${millrace.url}/articles`);
    assert.deepEqual(await titles(page), ["长".repeat(500), title]);
    const badge = await rows(page).nth(1).locator(".state").boundingBox();
    assert.ok(
      badge !== null && badge.x + badge.width < viewport.width,
      "the state is in the viewport",
    );
    await page.getByText(title).click();
    assert.equal(await page.getByRole("heading", { level: 1 }).textContent(), title);
    assert.ok((await page.title()).includes("<img src=x"));
    assert.equal(await page.locator("img").count(), 0);
    const response = await page.goto(`${millrace.url}/articles/2`);
    assert.ok((await response!.body()).length < 2_000_000);
    await page.getByText("100 paragraphs kept ·").waitFor();
    await page.getByText(/^9\d more paragraphs\.$/).waitFor();
    assert.deepEqual(errors, []);
  },
});
