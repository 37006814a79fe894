import assert from "node:assert/strict";
import { hasChromium, startChromium } from "../support/chromium.ts";
import { eventually } from "../support/eventually.ts";
import { startMillrace } from "../support/millrace.ts";
import { articleLine, configure, importLines, shown, shows } from "../support/overview.ts";

const inEnglish = { locale: "en-US" };

Deno.test({
  name: "the overview shows the stream, and its buttons work",
  ignore: !hasChromium,
  async fn(t) {
    await using millrace = await startMillrace({ env: { MILLRACE_POISON: "on" } });
    await using chromium = await startChromium();
    const { page, errors } = await chromium.newPage(inEnglish);
    const notice = page.locator('[role="status"]');
    const button = (name: string | RegExp) => page.getByRole("button", { name });
    const expectText = (text: string | RegExp) =>
      notice.filter({ hasText: text }).waitFor({ state: "attached" });

    await t.step(
      "an empty stream offers the sample, which is then processed",
      async () => {
        await page.goto(millrace.url);
        await button("Import the sample").click();
        await expectText(/sample articles imported/);
        await shows(page, "queue_pending", "0");
        await eventually(async () => assert.ok(Number(await shown(page, "processed_total")) > 30));
        await button("Import the sample").waitFor({ state: "hidden" });
      },
    );

    await t.step("numbers change while articles are processed, without a reload", async () => {
      await page.evaluate(() => document.body.dataset.mark = "same page");
      const before = Number(await shown(page, "processed_total"));
      await importLines(millrace, Array.from({ length: 500 }, (_, n) => articleLine(n)));
      await shows(page, "processed_total", String(before + 500));
      await shows(page, "processed_today", String(before + 500));
      assert.equal(await page.evaluate(() => document.body.dataset.mark), "same page");
    });

    await t.step(
      "the stop and start buttons work, and the tab's title shows the state",
      async () => {
        await button("Stop").click();
        await expectText("Stopped");
        await shows(page, "running", "Stopped");
        await eventually(async () => assert.match(await page.title(), /^Stopped · 0 – Millrace$/));
        assert.equal(await page.locator("#icon").getAttribute("href"), "/icons/pause.svg");
        await importLines(millrace, [articleLine(1_000), articleLine(1_001)]);
        await shows(page, "queue_pending", "2");
        await button("Start").click();
        await expectText("Started");
        await shows(page, "running", "Keeping up");
        await shows(page, "queue_pending", "0");
        assert.equal(await page.locator("#icon").getAttribute("href"), "/icons/ok.svg");
      },
    );

    await t.step("failed articles are shown and can be retried", async () => {
      await importLines(millrace, [articleLine(2_000, true)]);
      await shows(page, "queue_retry", "1");
      await shows(page, "last_error", /poison/);
      await button("Retry failed (1)").click();
      await expectText("1 failed article queued again");
      await page.locator(".log-lines").getByText(/Article \d+ failed, try/).first().waitFor();
    });

    await t.step(
      "clearing dead letters asks for confirmation with their number",
      async () => {
        await configure(millrace, { retry_max: 0 });
        await importLines(millrace, [articleLine(2_001, true), articleLine(2_002, true)]);
        await shows(page, "queue_dead", /^[23]$/);
        // The article that failed earlier has its last attempt now, not while the dialog is open.
        await millrace.fetch("/api/processor/retry-all", { method: "POST" });
        const dead = "3";
        await shows(page, "queue_dead", dead);
        await button(`Clear dead (${dead})`).click();
        const dialog = page.getByRole("dialog", { name: `Clear ${dead} dead letters?` });
        await dialog.getByRole("button", { name: "Cancel" }).click();
        await dialog.waitFor({ state: "hidden" });
        assert.equal(await shown(page, "queue_dead"), dead);
        await button(`Clear dead (${dead})`).click();
        await dialog.getByRole("button", { name: `Clear dead (${dead})` }).click();
        await expectText(`${dead} dead letters cleared`);
        await shows(page, "queue_dead", "0");
      },
    );

    await t.step("the log's tail can be paused", async () => {
      await button("Pause").click();
      const newest = page.locator(".log-lines li").first();
      const held = await newest.textContent();
      await importLines(millrace, [articleLine(4_000)]);
      await page.getByText(/^\d+ new$/).waitFor();
      assert.equal(await newest.textContent(), held);
      await button("Resume").click();
      await eventually(async () => assert.notEqual(await newest.textContent(), held));
    });

    assert.deepEqual(errors, []);
  },
});

Deno.test({
  name: "without scripts, the overview shows the numbers, and its forms work",
  ignore: !hasChromium,
  async fn(t) {
    await using millrace = await startMillrace();
    await importLines(millrace, [articleLine(1), articleLine(2), articleLine(3)]);
    await eventually(async () => {
      const { data } = await (await millrace.fetch("/api/processor/status")).json();
      assert.equal(data.processed_total, 3);
    });
    await using chromium = await startChromium();
    const options = { ...inEnglish, javaScriptEnabled: false };
    const { page, errors } = await chromium.newPage(options);

    await t.step("the first paint has the numbers and the log", async () => {
      await page.goto(millrace.url);
      assert.equal(await shown(page, "processed_total"), "3");
      assert.equal(await shown(page, "running"), "Keeping up");
      assert.match(await shown(page, "connection"), /^As of \d\d:\d\d:\d\d$/);
      await page.getByText("Processed 3 articles.").waitFor();
    });

    await t.step("buttons submit forms and return to the page", async () => {
      await page.getByRole("button", { name: "Stop" }).click();
      assert.equal(await shown(page, "running"), "Stopped");
      assert.equal(await page.locator(".notice > p:not(:empty)").textContent(), "Stopped");
      await page.getByRole("button", { name: "Start" }).click();
      assert.equal(await shown(page, "running"), "Keeping up");
      await page.getByRole("button", { name: "Refresh" }).click();
      assert.equal(await shown(page, "running"), "Keeping up");
    });

    await t.step("clearing dead letters asks for confirmation", async () => {
      await page.goto(`${millrace.url}/?confirm=clear`);
      await page.getByRole("dialog").getByRole("button", { name: "Clear dead (0)" }).click();
      assert.equal(
        await page.locator(".notice > p:not(:empty)").textContent(),
        "0 dead letters cleared",
      );
    });

    assert.deepEqual(errors, []);
  },
});

Deno.test({
  name: "the overview reconnects when the server restarts, and shows correct numbers",
  ignore: !hasChromium,
  async fn(t) {
    await using millrace = await startMillrace();
    await using chromium = await startChromium();
    const { page } = await chromium.newPage(inEnglish);
    await importLines(millrace, [articleLine(1)]);
    await page.goto(millrace.url);
    await shows(page, "connection", /^Live/);
    await shows(page, "processed_total", "1");

    await t.step("it shows that the server is unreachable, and when it retries", async () => {
      await millrace.kill();
      await shows(page, "connection", /^(Trying again in \d+ s|\d+ s old)$/);
      await eventually(async () =>
        assert.match(await page.title(), /^No contact since \d\d:\d\d:\d\d – Millrace$/)
      );
      await page.getByRole("button", { name: "Stop" }).click();
      await page.getByRole("status").getByText("Could not stop: ").waitFor({
        state: "attached",
      });
    });

    await t.step("it reconnects and shows what happened in the meantime", async () => {
      await millrace.start();
      await importLines(millrace, [articleLine(2), articleLine(3)]);
      await shows(page, "connection", /^Live/, 40_000);
      await shows(page, "processed_total", "3");
      await eventually(async () => {
        const lines = await page.locator(".log-message").allTextContents();
        assert.equal(lines.filter((line) => /^Node .* runs as/.test(line)).length, 2);
      });
    });

    await t.step("the refresh button works without a socket", async () => {
      const { page: cut } = await chromium.newPage(inEnglish);
      await cut.routeWebSocket(/\/ws\//, (socket) => socket.close());
      await cut.goto(millrace.url);
      await shows(cut, "connection", /^Trying again|old$/);
      await importLines(millrace, [articleLine(4)]);
      await shows(page, "processed_total", "4");
      assert.equal(await shown(cut, "processed_total"), "3");
      await cut.getByRole("button", { name: "Refresh" }).click();
      await shows(cut, "processed_total", "4");
    });
  },
});
