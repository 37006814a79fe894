import assert from "node:assert/strict";
import { hasChromium, startChromium } from "../support/chromium.ts";
import { eventually } from "../support/eventually.ts";
import { startMillrace } from "../support/millrace.ts";
import { articleLine, configure, importLines, shown, shows } from "../support/overview.ts";

const inEnglish = { locale: "en-US" };

Deno.test({
  name: "the overview shows the stream, and its buttons do what they say",
  ignore: !hasChromium,
  async fn(t) {
    await using millrace = await startMillrace({ env: { MILLRACE_POISON: "on" } });
    await using chromium = await startChromium();
    const { page, errors } = await chromium.newPage(inEnglish);
    const notice = page.locator('[role="status"]');
    const button = (name: string | RegExp) => page.getByRole("button", { name });
    const says = (text: string | RegExp) =>
      notice.filter({ hasText: text }).waitFor({ state: "attached" });

    await t.step(
      "a stream without articles offers the sample, which then goes through",
      async () => {
        await page.goto(millrace.url);
        await button("Import the sample").click();
        await says(/sample articles are imported/);
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

    await t.step("stop stops and start starts, and the tab says so", async () => {
      await button("Stop").click();
      await says("Stopped.");
      await shows(page, "running", "Stopped");
      await eventually(async () =>
        assert.match(await page.title(), /^Stopped · 0 pending — Overview/)
      );
      assert.equal(await page.locator("#icon").getAttribute("href"), "/icon-stopped.svg");
      await importLines(millrace, [articleLine(1_000), articleLine(1_001)]);
      await shows(page, "queue_pending", "2");
      await button("Start").click();
      await says("Started.");
      await shows(page, "running", "Running");
      await shows(page, "queue_pending", "0");
      assert.equal(await page.locator("#icon").getAttribute("href"), "/icon-running.svg");
    });

    await t.step("what failed is shown, and retried when asked", async () => {
      await importLines(millrace, [articleLine(2_000, true)]);
      await shows(page, "queue_retry", "1");
      await shows(page, "last_error", /poison/);
      await button("Retry failed (1)").click();
      await says("1 failed article is queued again.");
      await page.locator(".log-lines").getByText(/Article \d+ failed, try/).first().waitFor();
    });

    await t.step(
      "dead letters are cleared only after a question that names their number",
      async () => {
        await configure(millrace, { retry_max: 0 });
        await importLines(millrace, [articleLine(2_001, true), articleLine(2_002, true)]);
        await shows(page, "queue_dead", /^[23]$/);
        const dead = await shown(page, "queue_dead");
        await button(`Clear dead (${dead})`).click();
        const dialog = page.getByRole("dialog", { name: `Clear ${dead} dead letters?` });
        await dialog.getByRole("button", { name: "Cancel" }).click();
        await dialog.waitFor({ state: "hidden" });
        assert.equal(await shown(page, "queue_dead"), dead);
        await button(`Clear dead (${dead})`).click();
        await dialog.getByRole("button", { name: `Clear dead (${dead})` }).click();
        await says(`${dead} dead letters are cleared.`);
        await shows(page, "queue_dead", "0");
      },
    );

    await t.step("the log's tail can be held still", async () => {
      await button("Pause").click();
      const newest = page.locator(".log-lines li").first();
      const held = await newest.textContent();
      await importLines(millrace, [articleLine(4_000)]);
      await page.getByText(/lines? waits?/).waitFor();
      assert.equal(await newest.textContent(), held);
      await button("Resume").click();
      await eventually(async () => assert.notEqual(await newest.textContent(), held));
    });

    assert.deepEqual(errors, []);
  },
});

Deno.test({
  name: "the overview without scripts shows the numbers and obeys its forms",
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
      assert.equal(await shown(page, "running"), "Running");
      assert.match(await shown(page, "connection"), /^As of \d\d:\d\d:\d\d$/);
      await page.getByText("Processed 3 articles.").waitFor();
    });

    await t.step("buttons act and lead back to the page", async () => {
      await page.getByRole("button", { name: "Stop" }).click();
      assert.equal(await shown(page, "running"), "Stopped");
      assert.equal(await page.locator(".notice > p").textContent(), "Stopped.");
      await page.getByRole("button", { name: "Start" }).click();
      assert.equal(await shown(page, "running"), "Running");
      await page.getByRole("button", { name: "Refresh" }).click();
      assert.equal(await shown(page, "running"), "Running");
    });

    await t.step("clearing the dead letters asks first", async () => {
      await page.goto(`${millrace.url}/?confirm=clear`);
      await page.getByRole("dialog").getByRole("button", { name: "Clear dead (0)" }).click();
      assert.equal(await page.locator(".notice > p").textContent(), "0 dead letters are cleared.");
    });

    assert.deepEqual(errors, []);
  },
});

Deno.test({
  name: "the overview comes back by itself when the server does, and is right",
  ignore: !hasChromium,
  async fn(t) {
    await using millrace = await startMillrace();
    await using chromium = await startChromium();
    const { page } = await chromium.newPage(inEnglish);
    await importLines(millrace, [articleLine(1)]);
    await page.goto(millrace.url);
    await shows(page, "connection", /^Live/);
    await shows(page, "processed_total", "1");

    await t.step("it says that the server is gone, and when it tries again", async () => {
      await millrace.kill();
      await shows(page, "connection", /^Reconnecting in \d+ s$/);
      await eventually(async () => assert.match(await page.title(), /^Disconnected/));
      await page.getByRole("button", { name: "Stop" }).click();
      await page.getByRole("status").getByText("Not stopped: the server does not answer.").waitFor({
        state: "attached",
      });
    });

    await t.step("it comes back with what happened meanwhile", async () => {
      await millrace.start();
      await importLines(millrace, [articleLine(2), articleLine(3)]);
      await shows(page, "connection", /^Live/, 40_000);
      await shows(page, "processed_total", "3");
      await eventually(async () => {
        const lines = await page.locator(".log-message").allTextContents();
        assert.equal(lines.filter((line) => /^Node .* runs as/.test(line)).length, 2);
      });
    });

    await t.step("the refresh button works while there is no socket", async () => {
      const { page: cut } = await chromium.newPage(inEnglish);
      await cut.routeWebSocket(/\/ws\//, (socket) => socket.close());
      await cut.goto(millrace.url);
      await shows(cut, "connection", /^Reconnecting/);
      await importLines(millrace, [articleLine(4)]);
      await shows(page, "processed_total", "4");
      assert.equal(await shown(cut, "processed_total"), "3");
      await cut.getByRole("button", { name: "Refresh" }).click();
      await shows(cut, "processed_total", "4");
    });
  },
});
