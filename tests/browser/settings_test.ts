import assert from "node:assert/strict";
import type { Page } from "playwright-core";
import { assertAccessible } from "../support/axe_everywhere.ts";
import { hasChromium, startChromium } from "../support/chromium.ts";
import { eventually } from "../support/eventually.ts";
import { type Millrace, startMillrace } from "../support/millrace.ts";
import { configure, shows } from "../support/overview.ts";
import { hasPostgres, startPostgres } from "../support/postgres.ts";
import { hasRedis, startRedis } from "../support/redis.ts";

const inEnglish = { locale: "en-US" };
const SHORT = "Twenty-four letters here";
const LONG = "A paragraph that is long enough to be kept, whatever bound a test may choose.";
const ADVERTISING =
  "Get your coupon for the whole of the year: click here, and save money in our shop.";

async function startWithArticles(): Promise<Millrace> {
  const millrace = await startMillrace();
  const content = [SHORT, LONG, ADVERTISING].map((text) => `<p>${text}</p>`).join("");
  const response = await millrace.fetch("/api/articles", {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ title: "The tried article", content }),
  });
  assert.equal(response.status, 201, await response.text());
  return millrace;
}

async function settings(millrace: Millrace) {
  const { data } = await (await millrace.fetch("/api/processor/config")).json();
  return data;
}

const number = (page: Page, name: string) => page.getByRole("spinbutton", { name });

const previewed = (page: Page, kind: "lost" | "gained") =>
  page.locator(`.preview-article tr[data-kind="${kind}"] .preview-kept`).allTextContents();

Deno.test({
  name: "the settings page previews a change on real articles, applies it, and reverts it",
  ignore: !hasChromium,
  async fn(t) {
    await using millrace = await startWithArticles();
    await using chromium = await startChromium();
    const { page, errors } = await chromium.newPage(inEnglish);
    await page.goto(`${millrace.url}/settings`);
    const length = number(page, "Shortest paragraph");
    const phrases = page.getByRole("textbox", { name: "Advertising phrases" });
    const save = page.getByRole("button", { name: "Save" });
    const expectText = (text: string) =>
      page.getByRole("status").getByText(text).waitFor({ state: "attached" });

    await t.step(
      "a higher bound previews dropped paragraphs without changing anything",
      async () => {
        await length.fill("25");
        await eventually(async () => assert.deepEqual(await previewed(page, "lost"), [SHORT]));
        await page.getByText("Left out · Too short: 24 characters of at least 25").waitFor();
        await page.getByRole("link", { name: "The tried article" }).waitFor();
        assert.deepEqual(
          (await phrases.inputValue()).split("\n"),
          (await settings(millrace)).advertising_phrases,
        );
        assert.equal(await page.locator('.setting[data-changed="true"]').count(), 1);
        assert.equal((await settings(millrace)).min_paragraph_length, 20);
      },
    );

    await t.step("a new phrase previews its matches", async () => {
      await phrases.fill("coupon");
      await eventually(async () =>
        assert.deepEqual(await previewed(page, "lost"), [SHORT, ADVERTISING])
      );
      await page.getByText("Advertising: “coupon”").waitFor();
      await page.getByText("1 other paragraph stays").waitFor();
    });

    await t.step("a saved change takes effect on the node", async () => {
      await save.click();
      await expectText("Saved; the nodes are adopting it");
      await page.getByText("In effect on 1 of 1 node").waitFor();
      const now = await settings(millrace);
      assert.equal(now.min_paragraph_length, 25);
      assert.deepEqual(now.advertising_phrases, ["coupon"]);
    });

    await t.step("reverting previews gained paragraphs", async () => {
      await length.fill("20");
      await eventually(async () => assert.deepEqual(await previewed(page, "gained"), [SHORT]));
      await page.getByRole("button", { name: "Discard" }).click();
      assert.equal(await length.inputValue(), "25");
      await page.getByText("Change these settings to see").waitFor();
    });

    await t.step("the history shows who changed what, and can revert it", async () => {
      const row = page.locator(".history li", { hasText: "Shortest paragraph" });
      assert.equal(await row.locator("del").textContent(), "20");
      assert.equal(await row.locator("ins").textContent(), "25");
      assert.match(await row.textContent() ?? "", /admin at 127\.0\.0\.1/);
      await row.getByRole("button").click();
      await expectText("Changed back");
      assert.equal((await settings(millrace)).min_paragraph_length, 20);
      assert.equal(await length.inputValue(), "20");
      assert.equal(await page.locator(".history li").count(), 3);
    });

    await t.step("another user's change appears, and unsaved input is kept", async () => {
      await number(page, "Maximum retries").fill("7");
      await configure(millrace, { batch_size: 33 });
      const batch = number(page, "Articles in a batch");
      await eventually(async () => assert.equal(await batch.inputValue(), "33"));
      assert.equal(await number(page, "Maximum retries").inputValue(), "7");
      await save.click();
      await expectText("Saved; the nodes are adopting it");
      const { batch_size, retry_max } = await settings(millrace);
      assert.deepEqual({ batch_size, retry_max }, { batch_size: 33, retry_max: 7 });
    });

    await t.step("a faulty number stays as typed, and is neither previewed nor sent", async () => {
      for (const text of ["-5", "1e1", "1.5", "501"]) {
        await length.fill("");
        await length.pressSequentially(text);
        assert.equal(await length.inputValue(), text);
        await page.getByText("Must be a whole number from 1 to 500").waitFor();
        await page.getByText("Correct the marked settings").waitFor();
      }
      await save.click();
      assert.equal(await page.locator("#min_paragraph_length:focus[aria-invalid=true]").count(), 1);
      assert.equal((await settings(millrace)).min_paragraph_length, 20);
    });

    await t.step("the arrow keys step within the bounds", async () => {
      await length.fill("499");
      for (const expected of ["500", "500"]) {
        await length.press("ArrowUp");
        assert.equal(await length.inputValue(), expected);
      }
      await length.press("ArrowDown");
      assert.equal(await length.inputValue(), "499");
      await page.getByRole("button", { name: "Discard" }).click();
    });

    assert.deepEqual(errors, []);
  },
});

Deno.test({
  name: "the settings page is accessible, and works without scripts",
  ignore: !hasChromium,
  async fn(t) {
    await using millrace = await startWithArticles();
    await using chromium = await startChromium();

    await t.step(
      "without scripts, it previews, saves only changed values, and reverts",
      async () => {
        const { page, errors } = await chromium.newPage({ ...inEnglish, javaScriptEnabled: false });
        await page.goto(`${millrace.url}/settings`);
        const before = await settings(millrace);
        await configure(millrace, { batch_size: 44 });
        await number(page, "Shortest paragraph").fill("25");
        await page.getByRole("button", { name: "Preview" }).click();
        assert.deepEqual(await previewed(page, "lost"), [SHORT]);
        assert.equal(await number(page, "Shortest paragraph").inputValue(), "25");
        await page.getByRole("button", { name: "Save" }).click();
        assert.equal(
          await page.locator(".notice > p:not(:empty)").textContent(),
          "Saved; the nodes are adopting it",
        );
        assert.deepEqual(await settings(millrace), {
          ...before,
          batch_size: 44,
          min_paragraph_length: 25,
        });
        await page.locator(".history li", { hasText: "Shortest paragraph" }).getByRole("button")
          .click();
        assert.equal((await settings(millrace)).min_paragraph_length, 20);
        await number(page, "Maximum retries").fill("1.5");
        await number(page, "Articles in a batch").fill("50");
        for (const name of ["Preview", "Save"]) {
          await page.getByRole("button", { name }).click();
          const field = page.locator("#retry_max:focus[aria-invalid=true]");
          assert.equal(await field.inputValue(), "1.5");
          await page.getByText("Must be a whole number from 0 to 10").waitFor();
          assert.equal(await number(page, "Articles in a batch").inputValue(), "50");
        }
        assert.equal((await settings(millrace)).batch_size, 44);
        assert.deepEqual(errors.filter((each) => !/status of 400/.test(each)), []);
      },
    );

    await t.step("axe-core finds no violations, and nothing overflows", async () => {
      await assertAccessible(chromium, `${millrace.url}/settings`, async (page) => {
        await page.locator("#min_paragraph_length").fill("26");
        await page.locator(".preview-article").first().waitFor();
      });
    });
  },
});

Deno.test({
  name: "a change on one node takes effect on all nodes, and two users see each other's changes",
  ignore: !hasChromium || !hasRedis || !hasPostgres,
  async fn() {
    await using redis = await startRedis();
    await using postgres = await startPostgres();
    const env = { REDIS_URL: redis.url, DATABASE_URL: postgres.url };
    await using one = await startMillrace({ env });
    await using two = await startMillrace({ env });
    await using chromium = await startChromium();
    const { page: here } = await chromium.newPage(inEnglish);
    const { page: there } = await chromium.newPage(inEnglish);
    await here.goto(`${one.url}/settings`);
    await there.goto(`${two.url}/settings`);
    await Promise.all([here, there].map((page) => shows(page, "in-effect", /2 of 2 nodes$/)));

    await number(here, "Maximum retries").fill("9");
    await number(there, "Articles in a batch").fill("60");
    await here.getByRole("button", { name: "Save" }).click();
    await eventually(async () => {
      assert.equal(await number(there, "Maximum retries").inputValue(), "9");
    });
    await there.locator(".history li", { hasText: "Maximum retries" }).waitFor();
    assert.equal(
      await number(there, "Articles in a batch").inputValue(),
      "60",
      "unsaved input is kept",
    );
    await there.getByRole("button", { name: "Save" }).click();
    await here.locator(".history li", { hasText: "Articles in a batch" }).waitFor();
    await Promise.all([here, there].map((page) => shows(page, "in-effect", /2 of 2 nodes$/)));
    for (const node of [one, two]) {
      const { retry_max, batch_size } = await settings(node);
      assert.deepEqual([retry_max, batch_size], [9, 60]);
    }

    await there.locator(".history li", { hasText: "Maximum retries" }).getByRole("button").click();
    await eventually(async () => {
      assert.equal(await number(here, "Maximum retries").inputValue(), "3");
    });
    await two.kill();
    await shows(here, "in-effect", /1 of 1 node$/, 30_000);
  },
});

Deno.test("the preview rejects invalid settings and changes nothing", async () => {
  await using millrace = await startWithArticles();
  const preview = (body: unknown) =>
    millrace.fetch("/api/processor/preview", {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify(body),
    });
  const refused = await preview({ min_paragraph_length: 501 });
  assert.equal(refused.status, 400);
  assert.match((await refused.json()).message, /^min_paragraph_length /);
  const { data } = await (await preview({ min_paragraph_length: 25 })).json();
  assert.deepEqual([data.articles, data.changed, data.gained, data.lost], [1, 1, 0, 1]);
  assert.equal((await settings(millrace)).min_paragraph_length, 20);
});
