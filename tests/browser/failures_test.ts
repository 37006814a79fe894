import assert from "node:assert/strict";
import type { Page } from "playwright-core";
import { assertAccessible } from "../support/axe_everywhere.ts";
import { hasChromium, startChromium } from "../support/chromium.ts";
import { eventually } from "../support/eventually.ts";
import { type Millrace, startMillrace } from "../support/millrace.ts";
import { articleLine, configure, importLines } from "../support/overview.ts";

const inEnglish = { locale: "en-US" };

/** Hands over articles that fail; they are dead at once. */
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

const cause = (page: Page) => page.locator(".cause");
const button = (page: Page, name: string | RegExp) => page.getByRole("button", { name });
const link = (page: Page, name: string | RegExp) => page.getByRole("link", { name });

Deno.test({
  name: "failures are grouped by cause, and retried, cleared, brought back and exported",
  ignore: !hasChromium,
  async fn(t) {
    await using millrace = await startMillrace({ env: { MILLRACE_POISON: "on" } });
    await using chromium = await startChromium();
    await configure(millrace, { retry_max: 0 });
    const { page, errors } = await chromium.newPage(inEnglish);
    await page.goto(`${millrace.url}/failures`);

    await t.step("without a failure the page says so", async () => {
      await page.getByRole("heading", { name: "Nothing has failed" }).waitFor();
    });

    await t.step("a cause appears and grows by itself", async () => {
      await page.evaluate(() => document.body.dataset.mark = "same page");
      await fail(millrace, 0, 3);
      await cause(page).getByText("3 dead").waitFor();
      await fail(millrace, 3, 9);
      await cause(page).getByText("12 dead").waitFor();
      assert.equal(await cause(page).count(), 1);
      assert.equal(await page.evaluate(() => document.body.dataset.mark), "same page");
    });

    await t.step("a group is opened, and an article with its tries and their stack", async () => {
      await link(page, /it is poison/).click();
      await eventually(async () => assert.equal(await page.locator(".rows tbody tr").count(), 12));
      await link(page, "Article 4").click();
      await page.getByRole("heading", { name: "Article 4" }).waitFor();
      await page.getByText("Try 1 failed").waitFor();
      await page.getByText("Stack").click();
      await page.locator(".attempt pre").filter({ hasText: "poison" }).waitFor();
      await page.goBack();
    });

    await t.step("what is ticked stays ticked while the list changes", async () => {
      await page.getByLabel("Select number 5").check();
      await fail(millrace, 20, 1);
      await eventually(async () => assert.equal(await page.locator(".rows tbody tr").count(), 13));
      assert.ok(await page.getByLabel("Select number 5").isChecked());
    });

    await t.step(
      "one box ticks all that are shown, and says when it is no longer all",
      async () => {
        const all = page.getByLabel("Select all shown");
        const count = () =>
          page.locator(".selection-count").evaluate((each) =>
            getComputedStyle(each, "::after").content
          );
        assert.ok(await all.evaluate((each: HTMLInputElement) => each.indeterminate));
        await all.check();
        assert.equal(await page.locator(".rows-box :checked").count(), 13);
        await page.getByLabel("Select number 2").uncheck();
        assert.ok(await all.evaluate((each: HTMLInputElement) => each.indeterminate));
        await all.check();
        await all.uncheck();
        assert.equal(await page.locator(".rows-box :checked").count(), 0);
        assert.ok(await button(page, "Clear selected").isHidden());
        await page.getByLabel("Select number 5").check();
        assert.match(await count(), /counter\(selected\)/);
      },
    );

    await t.step("the selected ones are cleared after a preview, and brought back", async () => {
      await button(page, "Clear selected").click();
      await page.getByRole("heading", { name: "Clear 1 dead letter?" }).waitFor();
      await page.locator(".preview-examples").getByText("Article 4", { exact: true }).waitFor();
      await button(page, "Clear 1 dead letter").click();
      await page.getByText("1 dead letter cleared").waitFor();
      await eventually(async () => assert.equal((await status(millrace)).queue_dead, 12));
      await button(page, "Undo").click();
      await page.getByText("1 dead letter restored").waitFor();
      await eventually(async () => assert.equal((await status(millrace)).queue_dead, 13));
      assert.equal(await button(page, "Undo").count(), 0);
    });

    await t.step("nothing selected is nothing done", async () => {
      await page.goto(`${millrace.url}/failures`);
      await link(page, /it is poison/).click();
      await page.getByLabel("Select number 5").waitFor();
      assert.ok(await button(page, "Retry selected").isHidden());
      await page.goto(`${page.url()}&of=selection&ask=retry`);
      await page.getByRole("heading", { name: "There is nothing to do it to." }).waitFor();
      await link(page, "Cancel").click();
    });

    await t.step("a filter holds for what is done to all, and another viewer sees it", async () => {
      const { page: other, errors: otherErrors } = await chromium.newPage(inEnglish);
      await other.goto(`${millrace.url}/failures`);
      await page.getByLabel("Error contains").fill("no such words");
      await button(page, "Search").click();
      await page.getByRole("heading", { name: "No failure matches" }).waitFor();
      await page.getByLabel("Error contains").fill("POISON");
      await button(page, "Search").click();
      await link(page, "Clear dead (13)").first().click();
      await page.getByRole("heading", { name: "Clear 13 dead letters?" }).waitFor();
      await page.getByText("and 5 more").waitFor();
      await button(page, "Clear 13 dead letters").click();
      await page.getByText("13 dead letters cleared").waitFor();
      await other.getByText("13 dead letters cleared").waitFor();
      await button(other, "Undo").click();
      await page.getByText("13 dead letters restored").waitFor();
      assert.deepEqual(otherErrors, []);
      await other.close();
    });

    await t.step("what fails after the preview was made is left alone", async () => {
      const still = await chromium.newPage({ ...inEnglish, javaScriptEnabled: false });
      await still.page.goto(`${millrace.url}/failures?ask=clear`);
      await fail(millrace, 30, 1);
      await button(still.page, "Clear 13 dead letters").click();
      await still.page.getByText("13 dead letters cleared").first().waitFor();
      assert.equal((await status(millrace)).queue_dead, 1);
      await button(still.page, "Undo").click();
      await eventually(async () => assert.equal((await status(millrace)).queue_dead, 14));
      await still.page.close();
    });

    await t.step("one is cleared from its own page", async () => {
      await page.goto(`${millrace.url}/articles/14`);
      await link(page, "Clear dead letter").click();
      await page.getByRole("heading", { name: "Clear 1 dead letter?" }).waitFor();
      await button(page, "Clear 1 dead letter").click();
      await eventually(async () => assert.equal((await status(millrace)).queue_dead, 13));
    });

    await t.step("an undo that comes twice says that it is too late", async () => {
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
      await page.getByText("It cannot be undone any more.").first().waitFor();
      assert.equal((await status(millrace)).queue_dead, 13);
    });

    await t.step("all are retried, which sends them through again", async () => {
      await page.goto(`${millrace.url}/failures`);
      await millrace.fetch("/api/processor/stop", { method: "POST" });
      await link(page, "Retry all (13)").click();
      await button(page, "Retry 13 articles").click();
      await page.getByText("13 articles queued again").waitFor();
      await page.getByRole("heading", { name: "Nothing has failed" }).waitFor();
      assert.equal((await status(millrace)).queue_pending, 13);
      await millrace.fetch("/api/processor/start", { method: "POST" });
      await cause(page).getByText("13 dead").waitFor();
    });

    await t.step("what matches is exported, CSV and JSON alike", async () => {
      const csv = await (await millrace.fetch("/failures/export?format=csv&state=dead")).text();
      const lines = csv.trim().split("\r\n");
      assert.equal(lines.length, 14);
      assert.match(lines[0]!, /^\ufeff?id,title,state,tries,reason,error/);
      assert.match(lines[1]!, /,dead,1,threw,/);
      const json = await (await millrace.fetch("/failures/export?format=json&q=poison")).json();
      assert.equal(json.length, 13);
      assert.deepEqual(
        await (await millrace.fetch("/failures/export?format=json&q=xyzzy")).json(),
        [],
      );
    });
    assert.deepEqual(errors, []);

    await t.step("axe-core finds no fault, in any language, theme and width", async () => {
      const fingerprint = await page.locator(".cause").getAttribute("data-key");
      const opened = `${millrace.url}/failures?cause=${encodeURIComponent(fingerprint ?? "")}`;
      await assertAccessible(
        chromium,
        opened,
        (page) => page.locator(".rows-box").first().waitFor(),
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
    await link(page, "Clear dead (2)").click();
    await button(page, "Clear 2 dead letters").click();
    await page.getByText("2 dead letters cleared").waitFor();
    await button(page, "Undo").click();
    await page.getByText("2 dead letters restored").waitFor();
    assert.equal((await status(millrace)).queue_dead, 2);
  },
});

Deno.test({
  name: "a viewer sees failures and takes them along, and is offered nothing that would be refused",
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
    await link(page, /it is poison/).waitFor();
    assert.equal(await page.locator(".preview").count(), 0);
    const offers = async () => {
      const offered = await page.locator("main .button").allTextContents();
      return offered.filter((text) => /^(Retry|Clear( dead.*)?$|Process|Undo)/.test(text));
    };
    assert.deepEqual(await offers(), []);
    const [download] = await Promise.all([
      page.waitForEvent("download"),
      link(page, "CSV").click(),
    ]);
    assert.equal(download.suggestedFilename(), "failures.csv");
    await link(page, /it is poison/).click();
    await link(page, "Article 1").waitFor();
    assert.equal(await page.getByRole("checkbox").count(), 0);
    await link(page, "Article 1").click();
    await page.getByText("Try 1 failed").waitFor();
    assert.deepEqual(await offers(), []);
    assert.deepEqual(errors, []);
  },
});
