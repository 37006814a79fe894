import assert from "node:assert/strict";
import type { Page } from "playwright-core";
import { assertAccessible } from "../support/axe_everywhere.ts";
import { hasChromium, startChromium } from "../support/chromium.ts";
import { eventually } from "../support/eventually.ts";
import { type Millrace, startMillrace } from "../support/millrace.ts";
import { articleLine, configure, importLines } from "../support/overview.ts";

const inEnglish = { locale: "en-US" };

/** Posts articles that fail and become dead letters without a retry. */
async function fail(millrace: Millrace, first: number, count: number) {
  const { queue_dead: before } = await status(millrace);
  const lines = Array.from({ length: count }, (_, n) => articleLine(first + n, true));
  await importLines(millrace, lines);
  await eventually(async () => {
    assert.equal((await status(millrace)).queue_dead, before + count);
  });
}

async function status(millrace: Millrace): Promise<{ queue_dead: number; queue_pending: number }> {
  return (await (await millrace.fetch("/api/processor/status")).json()).data;
}

const rows = (page: Page) => page.locator(".table.slim tbody tr");
const value = (page: Page, facet: string) => page.locator(`#facet-${facet} li a:first-child`);
const button = (page: Page, name: string | RegExp) => page.getByRole("button", { name });
const link = (page: Page, name: string | RegExp) => page.getByRole("link", { name });

Deno.test({
  name: "failures are counted by facet, retried, cleared, restored and exported",
  ignore: !hasChromium,
  async fn(t) {
    await using millrace = await startMillrace({ env: { MILLRACE_POISON: "on" } });
    await using chromium = await startChromium();
    await configure(millrace, { retry_max: 0 });
    const { page, errors } = await chromium.newPage(inEnglish);
    await page.goto(`${millrace.url}/failures`);

    await t.step("without failures, the page shows an empty state", async () => {
      await page.getByRole("heading", { name: "Nothing has failed" }).waitFor();
    });

    await t.step("a cause appears and grows without a reload", async () => {
      await page.evaluate(() => document.body.dataset.mark = "same page");
      await fail(millrace, 0, 3);
      await page.getByRole("heading", { name: "3 match" }).waitFor();
      await fail(millrace, 3, 9);
      await page.getByRole("heading", { name: "12 match" }).waitFor();
      assert.equal(await value(page, "cause").count(), 1);
      assert.match(await value(page, "cause").innerText(), /it is poison\s+12/);
      assert.equal(await page.evaluate(() => document.body.dataset.mark), "same page");
    });

    await t.step("an opened article shows its attempts with stack traces", async () => {
      await eventually(async () => assert.equal(await rows(page).count(), 12));
      await link(page, "Article 4").click();
      await page.getByRole("heading", { name: "Article 4" }).waitFor();
      await page.getByText("Try 1 failed").waitFor();
      await page.getByText("Stack").click();
      await page.locator(".attempt pre").filter({ hasText: "poison" }).waitFor();
      await page.goBack();
    });

    await t.step(
      "the list pauses while a row is selected, and then adds new rows",
      async () => {
        await page.getByLabel("Select 5", { exact: true }).check();
        await fail(millrace, 20, 1);
        await button(page, "1 new").waitFor();
        assert.equal(await rows(page).count(), 12);
        await button(page, "1 new").click();
        await eventually(async () => assert.equal(await rows(page).count(), 13));
        assert.ok(await page.getByLabel("Select 5", { exact: true }).isChecked());
        assert.ok(await button(page, "1 new").isHidden());
        await button(page, "Deselect").click();
        assert.equal(await page.locator("tbody :checked").count(), 0);
      },
    );

    await t.step("the list pauses while it is hovered or focused", async () => {
      await rows(page).nth(3).hover();
      await fail(millrace, 21, 1);
      await button(page, "1 new").waitFor();
      await link(page, "Article 4").focus();
      await page.mouse.move(0, 0);
      await fail(millrace, 22, 1);
      await button(page, "2 new").waitFor();
      assert.equal(await rows(page).count(), 13);
      await button(page, "2 new").click();
      await eventually(async () => assert.equal(await rows(page).count(), 15));
    });

    await t.step("one checkbox selects all shown rows", async () => {
      const all = page.getByLabel("Select all shown");
      const selected = page.locator("[data-selected]");
      await page.getByLabel("Select 5", { exact: true }).check();
      assert.ok(await all.evaluate((each: HTMLInputElement) => each.indeterminate));
      await all.check();
      assert.equal(await page.locator("tbody :checked").count(), 15);
      assert.equal(await selected.innerText(), "15");
      await all.uncheck();
      assert.ok(await button(page, "Clear selected…").isHidden());
      await page.getByLabel("Select 5", { exact: true }).check();
      assert.equal(await selected.innerText(), "1");
    });

    await t.step("selected failures are cleared after a preview, and restored", async () => {
      await button(page, "Clear selected…").click();
      await page.getByRole("heading", { name: "Clear this 1 dead letter?" }).waitFor();
      await page.locator(".preview-examples").getByText("Article 4", { exact: true }).waitFor();
      await button(page, "Clear 1 dead letter").click();
      await page.getByText("1 dead letter cleared").waitFor();
      await eventually(async () => assert.equal((await status(millrace)).queue_dead, 14));
      await button(page, "Undo").click();
      await page.getByText("1 dead letter restored").waitFor();
      await eventually(async () => assert.equal((await status(millrace)).queue_dead, 15));
      assert.equal(await button(page, "Undo").count(), 0);
    });

    await t.step("an empty selection changes nothing", async () => {
      await page.goto(`${millrace.url}/failures`);
      await page.getByLabel("Select 5", { exact: true }).waitFor();
      assert.ok(await button(page, "Retry selected…").isHidden());
      await page.goto(`${page.url()}?of=selection&ask=retry`);
      await page.getByRole("heading", { name: "No article matches any more" }).waitFor();
      await link(page, "Cancel").click();
    });

    await t.step("bulk actions respect the filter, and other pages show them", async () => {
      const { page: other, errors: otherErrors } = await chromium.newPage(inEnglish);
      await other.goto(`${millrace.url}/failures`);
      await page.getByLabel("Add a filter").fill("no such words");
      await page.locator(".filter-add button").click();
      await page.getByRole("heading", { name: "No failure matches" }).waitFor();
      await link(page, "Remove filter: Error").click();
      await page.getByLabel("Add a filter").fill("POISON source:test");
      await page.locator(".filter-add button").click();
      await link(page, "Clear 15 dead letters…").click();
      await page.getByRole("heading", { name: "Clear these 15 dead letters?" }).waitFor();
      await page.locator(".preview").getByText("Source test").waitFor();
      await button(page, "Clear 15 dead letters").click();
      await page.getByText("15 dead letters cleared").waitFor();
      await other.getByText("15 dead letters cleared").waitFor();
      await button(other, "Undo").click();
      await page.getByText("15 dead letters restored").waitFor();
      assert.deepEqual(otherErrors, []);
      await other.close();
    });

    await t.step("failures after the preview are not affected", async () => {
      const still = await chromium.newPage({ ...inEnglish, javaScriptEnabled: false });
      await still.page.goto(`${millrace.url}/failures?ask=clear`);
      await fail(millrace, 30, 1);
      await button(still.page, "Clear 15 dead letters").click();
      await still.page.getByText("15 dead letters cleared").first().waitFor();
      assert.equal((await status(millrace)).queue_dead, 1);
      await button(still.page, "Undo").click();
      await eventually(async () => assert.equal((await status(millrace)).queue_dead, 16));
      await still.page.close();
    });

    await t.step("one failure is cleared on its own page", async () => {
      await page.goto(`${millrace.url}/articles/14`);
      await link(page, "Clear dead letter").click();
      await page.getByRole("heading", { name: "Clear this 1 dead letter?" }).waitFor();
      await button(page, "Clear 1 dead letter").click();
      await eventually(async () => assert.equal((await status(millrace)).queue_dead, 15));
    });

    await t.step("a second undo is rejected", async () => {
      const { data: { operations } } = await (await millrace.fetch("/api/operations")).json();
      const undone = operations.find((each: { undoes: number | null }) => each.undoes !== null);
      await page.evaluate((id) => {
        const form = document.createElement("form");
        form.method = "post";
        form.action = "/actions/failures/undo";
        form.innerHTML = `<input name="operation" value="${id}">`;
        document.body.append(form);
        form.submit();
      }, undone.undoes);
      await page.getByText("Too late to undo").first().waitFor();
      assert.equal((await status(millrace)).queue_dead, 15);
    });

    await t.step("retrying all failures processes them again", async () => {
      await page.goto(`${millrace.url}/failures`);
      await millrace.fetch("/api/processor/stop", { method: "POST" });
      await link(page, "Retry 15…").click();
      await button(page, "Retry 15 articles").click();
      await page.getByText("15 articles queued again").waitFor();
      await page.getByRole("heading", { name: "Nothing has failed" }).waitFor();
      assert.equal((await status(millrace)).queue_pending, 15);
      await millrace.fetch("/api/processor/start", { method: "POST" });
      await page.getByRole("heading", { name: "15 match" }).waitFor();
    });

    await t.step("matching failures are exported as CSV and JSON", async () => {
      const csv = await (await millrace.fetch("/failures/export?format=csv&state=dead")).text();
      const lines = csv.trim().split("\r\n");
      assert.equal(lines.length, 16);
      assert.match(lines[0]!, /^\ufeff?id,title,state,tries,reason,error/);
      assert.match(lines[1]!, /,dead,1,threw,/);
      const json = await (await millrace.fetch("/failures/export?format=json&q=poison")).json();
      assert.equal(json.length, 15);
      assert.equal(json[0].source, "test");
      assert.match(json[0].article_source, /^test-\d+$/);
      assert.deepEqual(
        await (await millrace.fetch("/failures/export?format=json&source=xyzzy")).json(),
        [],
      );
    });
    assert.deepEqual(errors, []);

    await t.step("axe-core finds no violations in any language, theme and width", async () => {
      await assertAccessible(
        chromium,
        `${millrace.url}/failures?reason=threw&source=test`,
        (page) => rows(page).first().waitFor(),
      );
      await assertAccessible(
        chromium,
        `${millrace.url}/failures?ask=clear`,
        (page) => page.locator(".preview").waitFor(),
      );
    });
  },
});

Deno.test({
  name: "failures are retried and cleared by forms, without scripts",
  ignore: !hasChromium,
  async fn() {
    await using millrace = await startMillrace({ env: { MILLRACE_POISON: "on" } });
    await using chromium = await startChromium();
    await configure(millrace, { retry_max: 0 });
    await fail(millrace, 0, 2);
    const { page } = await chromium.newPage({ ...inEnglish, javaScriptEnabled: false });
    await page.goto(`${millrace.url}/failures`);
    await link(page, "Clear 2 dead letters…").click();
    await button(page, "Clear 2 dead letters").click();
    await page.getByText("2 dead letters cleared").waitFor();
    await button(page, "Undo").click();
    await page.getByText("2 dead letters restored").waitFor();
    assert.equal((await status(millrace)).queue_dead, 2);
  },
});

Deno.test({
  name: "a viewer can see and export failures, and actions that need another role are hidden",
  ignore: !hasChromium,
  async fn() {
    const tokens = { ADMIN_TOKEN: "the-token-of-an-admin", VIEWER_TOKEN: "the-token-of-a-viewer" };
    await using millrace = await startMillrace({ env: { ...tokens, MILLRACE_POISON: "on" } });
    const asAdmin: Millrace = {
      ...millrace,
      fetch(path, init) {
        const headers = new Headers(init?.headers);
        headers.set("authorization", `Bearer ${tokens.ADMIN_TOKEN}`);
        return millrace.fetch(path, { ...init, headers });
      },
    };
    await using chromium = await startChromium();
    await configure(asAdmin, { retry_max: 0 });
    await fail(asAdmin, 0, 2);
    const { page, errors } = await chromium.newPage(inEnglish);
    await page.goto(`${millrace.url}/failures?ask=clear`);
    await page.getByLabel("Token").fill(tokens.VIEWER_TOKEN);
    await button(page, "Sign in").click();
    await value(page, "cause").getByText("it is poison").waitFor();
    assert.equal(await page.locator(".preview").count(), 0);
    const offers = async () => {
      const offered = await page.locator("main .button").allTextContents();
      return offered.filter((text) =>
        /^(Retry|Clear .*dead|Clear selected|Process|Undo)/.test(text)
      );
    };
    assert.deepEqual(await offers(), []);
    const [download] = await Promise.all([
      page.waitForEvent("download"),
      link(page, "CSV").click(),
    ]);
    assert.equal(download.suggestedFilename(), "failures.csv");
    await value(page, "cause").getByText("it is poison").click();
    await link(page, "Article 1").waitFor();
    assert.equal(await page.getByRole("checkbox").count(), 0);
    await link(page, "Article 1").click();
    await page.getByText("Try 1 failed").waitFor();
    assert.deepEqual(await offers(), []);
    assert.deepEqual(errors, []);
  },
});
