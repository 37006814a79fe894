import assert from "node:assert/strict";
import type { Page } from "playwright-core";
import type { Bus } from "../../lib/bus/bus.ts";
import type { LogLine } from "../../lib/wire/log_line.ts";
import { createRedisBus } from "../../lib/bus/redis_bus.ts";
import { connectRedis } from "../../lib/redis/redis_connection.ts";
import { assertAccessible } from "../support/axe_everywhere.ts";
import { hasChromium, startChromium } from "../support/chromium.ts";
import { eventually } from "../support/eventually.ts";
import { startMillrace } from "../support/millrace.ts";
import { articleLine, configure, importLines, shown, shows } from "../support/overview.ts";
import { hasRedis, startRedis } from "../support/redis.ts";

const inEnglish = { locale: "en-US" };

/** Log lines of another node. */
function lines(word: string, from: number, count: number): LogLine[] {
  return Array.from({ length: count }, (_, n) => ({
    type: "log",
    level: n % 10 === 0 ? "warning" : "info",
    message: `${word} ${from + n} of a long and busy day`,
    timestamp: new Date().toISOString(),
    node: "elsewhere",
  }));
}

async function append(bus: Bus, word: string, count: number) {
  for (let from = 0; from < count; from += 100) await bus.appendLogs(lines(word, from, 100));
}

/** Publishes `count` lines at a rate per second. */
async function appendEvenly(bus: Bus, word: string, count: number, perSecond: number) {
  const began = performance.now();
  for (let from = 0; from < count; from += 100) {
    await bus.appendLogs(lines(word, from, 100));
    const due = began + (from + 100) / perSecond * 1_000;
    await new Promise((resolve) => setTimeout(resolve, Math.max(0, due - performance.now())));
  }
}

const count = (page: Page) => shown(page, "log-count");
const rows = (page: Page) => page.getByRole("listbox").getByRole("option");
const row = (page: Page, text: string | RegExp) => rows(page).filter({ hasText: text });

Deno.test({
  name: "the logs page shows the log of all nodes, filters it by URL, and pauses it",
  ignore: !hasChromium,
  async fn(t) {
    await using millrace = await startMillrace({ env: { MILLRACE_POISON: "on" } });
    await configure(millrace, { retry_max: 0 });
    await importLines(millrace, [articleLine(1), articleLine(2, true)]);
    await using chromium = await startChromium();
    const { page, errors } = await chromium.newPage(inEnglish);
    await page.goto(`${millrace.url}/logs`);
    const dead = row(page, /Article \d+ failed, try 1, and is now a dead letter/);
    await dead.waitFor();
    const everything = await rows(page).count();

    await t.step("level and text filters update the URL", async () => {
      await shows(page, "connection", /^Live/);
      await page.getByRole("checkbox", { name: "error" }).check();
      await eventually(async () => assert.equal(await rows(page).count(), 1));
      assert.match(page.url(), /\/logs\?level=error$/);
      await page.getByRole("searchbox").fill("DEAD LETTER");
      await eventually(() => assert.match(page.url(), /level=error&q=DEAD\+LETTER$/));
      assert.equal(await rows(page).count(), 1);
      await page.getByRole("searchbox").fill("nowhere");
      await page.getByText("No line matches").waitFor();
    });

    await t.step("a URL restores its filter", async () => {
      const { page: other } = await chromium.newPage(inEnglish);
      await other.goto(`${millrace.url}/logs?level=error&q=dead`);
      assert.equal(await rows(other).count(), 1);
      assert.equal(await other.getByRole("searchbox").inputValue(), "dead");
      await other.close();
      await page.getByRole("link", { name: "Clear filters" }).click();
      await eventually(async () => assert.ok(await rows(page).count() >= everything));
      assert.match(page.url(), /\/logs$/);
    });

    await t.step(
      "a line selected by keyboard shows its details with a link to its article",
      async () => {
        await page.getByRole("listbox").focus();
        await page.keyboard.press("ArrowUp");
        for (
          let n = 0;
          n < everything && await dead.getAttribute("aria-selected") !== "true";
          n++
        ) {
          await page.keyboard.press("ArrowUp");
        }
        const detail = page.getByRole("region", { name: "Selected line" });
        await detail.getByText(/failed, try 1, and is now a dead letter/).waitFor();
        await detail.getByRole("button", { name: /^Only article \d+$/ }).click();
        await eventually(() => assert.match(page.url(), /\/logs\?article=\d+$/));
        assert.equal(await rows(page).count(), 1);
        assert.match(
          await detail.getByRole("link").getAttribute("href") ?? "",
          /^\/articles\/\d+$/,
        );
        await page.getByRole("link", { name: "Clear filters" }).click();
      },
    );

    await t.step("while paused, it counts new lines, and resumes on request", async () => {
      await page.getByText(/^Paused/).waitFor();
      const held = await count(page);
      await importLines(millrace, [articleLine(10)]);
      await page.getByText(/^Paused, \d+ new$/).waitFor();
      assert.equal(await count(page), held);
      await page.getByRole("button", { name: "Resume" }).click();
      await eventually(async () => assert.notEqual(await count(page), held));
      assert.equal(await page.getByText(/^Paused/).count(), 0);
    });

    await t.step("the shown lines can be downloaded", async () => {
      const [download] = await Promise.all([
        page.waitForEvent("download"),
        page.getByRole("link", { name: "Download" }).click(),
      ]);
      assert.equal(download.suggestedFilename(), "millrace.log");
      const text = await Deno.readTextFile(await download.path());
      assert.equal(text.trim().split("\n").length, parseInt(await count(page)));
      assert.match(text, /ERROR {3}\S+ Article \d+ failed, try 1, and is now a dead letter/);
    });

    assert.deepEqual(errors, []);
  },
});

Deno.test({
  name:
    "after a reconnect the log has no gaps or duplicates, and thousands of lines do not block the page",
  ignore: !hasChromium || !hasRedis,
  async fn(t) {
    await using redis = await startRedis();
    await using millrace = await startMillrace({ env: { REDIS_URL: redis.url } });
    await using connection = await connectRedis(redis.url, { prefix: "" });
    await using bus = createRedisBus(connection, {
      onError: (error) => {
        throw error;
      },
    });
    await using chromium = await startChromium();
    const { page } = await chromium.newPage(inEnglish);
    await page.goto(`${millrace.url}/logs?node=elsewhere`);
    await shows(page, "connection", /^Live/);

    await t.step("lines logged while the server was away appear once, in order", async () => {
      await append(bus, "before", 100);
      await eventually(async () => assert.match(await count(page), /^100 of/));
      await millrace.kill();
      await append(bus, "meanwhile", 700);
      await millrace.start();
      await append(bus, "after", 100);
      await shows(page, "connection", /^Live/, 60_000);
      await eventually(async () => assert.match(await count(page), /^900 of/), 40_000);
      const download = await Promise.all([
        page.waitForEvent("download"),
        page.getByRole("link", { name: "Download" }).click(),
      ]).then(([started]) => started.path()).then(Deno.readTextFile);
      const words = download.trim().split("\n").map((line) =>
        / elsewhere (\w+ \d+)/.exec(line)![1]
      );
      const wanted = [["before", 100], ["meanwhile", 700], ["after", 100]] as const;
      assert.deepEqual(
        words,
        wanted.flatMap(([word, many]) => Array.from({ length: many }, (_, n) => `${word} ${n}`)),
      );
    });

    await t.step(
      "at 5,000 lines per second, the page stays responsive and memory bounded",
      async () => {
        const burst = appendEvenly(bus, "burst", 10_000, 5_000);
        await row(page, "burst").first().waitFor();
        await page.getByRole("button", { name: "Pause" }).click();
        await page.getByText(/^Paused, [\d,]+ new$/).waitFor();
        await page.getByRole("button", { name: "Resume" }).click();
        await burst;
        await row(page, "burst 9999 of").waitFor();
        // A node under this load may log lines itself.
        await eventually(async () =>
          assert.match(await count(page), /^(9,9\d\d of )?10,000 lines$/)
        );
        assert.ok(await rows(page).count() < 100, "only visible rows are rendered");
      },
    );

    await t.step("scrolling up pauses the log, scrolling down resumes it", async () => {
      const list = page.getByRole("listbox");
      await list.evaluate((view) => view.scrollTop = 500);
      await page.getByText("Paused").waitFor();
      await append(bus, "later", 100);
      await page.getByText("Paused, 100 new").waitFor();
      await row(page, "later 99").waitFor({ state: "detached" });
      await list.evaluate((view) => view.scrollTop = view.scrollHeight);
      await row(page, "later 99").waitFor();
    });
  },
});

Deno.test({
  name: "the logs page is accessible, and works without scripts",
  ignore: !hasChromium,
  async fn(t) {
    await using millrace = await startMillrace({ env: { MILLRACE_POISON: "on" } });
    await importLines(millrace, [articleLine(1), articleLine(2, true)]);
    await using chromium = await startChromium();

    await t.step("without scripts, it filters by a form and downloads by a link", async () => {
      const { page, errors } = await chromium.newPage({ ...inEnglish, javaScriptEnabled: false });
      await page.goto(`${millrace.url}/logs`);
      await page.getByRole("searchbox").fill("runs as");
      await page.getByRole("button", { name: "Filter", exact: true }).click();
      await page.waitForURL(/runs/);
      assert.equal(await rows(page).count(), 1);
      const path = await page.getByRole("link", { name: "Download" }).getAttribute("href");
      const response = await millrace.fetch(path!);
      assert.match(response.headers.get("content-disposition") ?? "", /millrace\.log/);
      assert.match(await response.text(), /^\S+ INFO {4}\S+ Node \S+ runs as all[^\n]*\n$/);
      assert.deepEqual(errors, []);
    });

    await t.step("axe-core finds no violations, and nothing overflows", async () => {
      await assertAccessible(chromium, `${millrace.url}/logs`, async (page) => {
        await shows(page, "connection", /^(Live|实时)/);
        await row(page, /failed, try|次失败/).first().click();
      });
    });
  },
});
