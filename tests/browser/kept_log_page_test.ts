import assert from "node:assert/strict";
import type { Page } from "playwright-core";
import { connectDatabase } from "../../lib/database/connect.ts";
import { putLogRows } from "../../lib/database/log_rows.ts";
import { assertAccessible } from "../support/axe_everywhere.ts";
import { hasChromium, startChromium } from "../support/chromium.ts";
import { eventually } from "../support/eventually.ts";
import { startMillrace } from "../support/millrace.ts";
import { shown } from "../support/overview.ts";
import { startPostgres, withPostgres } from "../support/postgres.ts";

const inEnglish = { locale: "en-US", timezoneId: "UTC" };
const NOON = Date.UTC(2026, 10, 20, 12);
const LINES = 450;
/** More lines than one page of a search looks at. */
const MANY = 300_000;

const rows = (page: Page) => page.getByRole("listbox").getByRole("option");
const row = (page: Page, text: string | RegExp) => rows(page).filter({ hasText: text });

Deno.test({
  ...withPostgres("the logs page goes back in time, by page, by time and by text"),
  ignore: !hasChromium || withPostgres("").ignore,
  async fn(t) {
    await using postgres = await startPostgres();
    const env = { DATABASE_URL: postgres.url, LOG_DAYS: "365" };
    await using millrace = await startMillrace({ env });
    {
      await using database = await connectDatabase({ url: postgres.url, dataDir: "" });
      await putLogRows(
        database.sql,
        "former",
        Array.from({ length: LINES }, (_, n) => ({
          at: (NOON + n * 1_000) * 1_000,
          level: n % 10 === 0 ? "warning" : "info",
          message: n === 7 ? "the needle of that day" : `line ${n} of a day in the past`,
          lines: n === 20 ? 312 : 1,
          lastAt: NOON + n * 1_000 + 500,
          article: n === 30 ? 4711 : null,
          request: null,
          code: null,
          parameters: null,
        })),
      );
    }
    await using chromium = await startChromium();
    const { page, errors } = await chromium.newPage(inEnglish);

    await t.step("the live log leads to older lines, page by page and back", async () => {
      await page.goto(`${millrace.url}/logs?node=former`);
      await page.getByRole("link", { name: "Search the kept log" }).click();
      await row(page, "line 449 of").waitFor();
      assert.equal(await shown(page, "log-count"), "200 lines");
      await page.getByRole("link", { name: "Older" }).click();
      await row(page, "line 249 of").waitFor();
      await page.getByRole("link", { name: "Older" }).click();
      await row(page, "line 49 of").waitFor();
      assert.equal(await page.getByRole("link", { name: "Older" }).count(), 0);
      await page.getByRole("link", { name: "Newer" }).click();
      await row(page, "line 50 of").waitFor();
      await page.getByRole("link", { name: "Live log" }).click();
      await page.waitForURL(/\/logs\?node=former$/);
    });

    await t.step("two times in the form show what was logged between them", async () => {
      await page.getByLabel("From", { exact: true }).fill("2026-11-20T12:00:05");
      await page.getByLabel("To", { exact: true }).fill("2026-11-20T12:00:25");
      await page.getByRole("button", { name: "Filter", exact: true }).click();
      await page.waitForURL(/since=/);
      assert.equal(await shown(page, "log-count"), "20 lines");
      assert.equal(
        await page.getByLabel("To", { exact: true }).inputValue(),
        "2026-11-20T12:00:25",
      );
      assert.match(await row(page, "×312").innerText(), /11-20 12:00:20/);
      await row(page, "×312").click();
      await page.getByText(/^312 lines like this, the last at .*12:00:20/).waitFor();
    });

    await t.step(
      "a level narrows it down; the span stays, and is downloaded as a file",
      async () => {
        await page.getByRole("checkbox", { name: "warning" }).check();
        await page.waitForURL(/level=warning.*since=/);
        await eventually(async () => assert.equal(await rows(page).count(), 2));
        const [download] = await Promise.all([
          page.waitForEvent("download"),
          page.getByRole("link", { name: "Download" }).click(),
        ]);
        const text = await Deno.readTextFile(await download.path());
        assert.match(
          text,
          /^2026-11-20T12:00:10\.000Z WARNING former line 10 of a day in the past\n/,
        );
        assert.match(text, / \(×312 until 2026-11-20T12:00:20\.500Z\)\n$/);
      },
    );

    await t.step("an empty page says so, and where to look instead", async () => {
      await page.getByRole("searchbox").fill("needle");
      await page.getByRole("searchbox").press("Enter");
      await page.getByText("No line of this time matches").waitFor();
      await page.getByRole("checkbox", { name: "warning" }).uncheck();
      await row(page, "the needle").waitFor();
      await page.goto(`${millrace.url}/logs?q=needle&until=${NOON}`);
      await page.getByRole("link", { name: "Search all that is kept" }).click();
      await row(page, "the needle").waitFor();
    });

    await t.step("without scripts the same links and the same form do it", async () => {
      const { page: plain, errors } = await chromium.newPage({
        ...inEnglish,
        javaScriptEnabled: false,
      });
      await plain.goto(`${millrace.url}/logs`);
      await plain.getByRole("link", { name: "Older" }).click();
      await plain.waitForURL(/[?&]before=/);
      assert.equal(await rows(plain).count(), 200);
      await plain.getByRole("searchbox").fill("needle");
      await plain.getByLabel("From", { exact: true }).fill("2026-11-20T00:00:00");
      await plain.getByLabel("To", { exact: true }).fill("2026-11-21T23:00:00");
      await plain.getByRole("button", { name: "Filter", exact: true }).click();
      await plain.waitForURL(/needle/);
      assert.equal(await rows(plain).count(), 1);
      assert.deepEqual(errors, []);
    });

    await t.step("axe-core finds no fault, and nothing sticks out", async () => {
      const address = `${millrace.url}/logs?since=${NOON}&until=${NOON + 25_000}`;
      await assertAccessible(chromium, address, async (page) => {
        await row(page, "×312").click();
      });
      await assertAccessible(chromium, `${millrace.url}/logs?until=1000`, async () => {});
    });

    assert.deepEqual(errors, []);
  },
});

Deno.test({
  ...withPostgres(
    "a search that takes several pages goes on by itself, says how far it is, and can be stopped",
  ),
  ignore: !hasChromium || withPostgres("").ignore,
  async fn() {
    await using postgres = await startPostgres();
    await using millrace = await startMillrace({ env: { DATABASE_URL: postgres.url } });
    {
      await using database = await connectDatabase({ url: postgres.url, dataDir: "" });
      await database.patiently((sql) =>
        sql`
          INSERT INTO log_lines (at, node, level, message, last_at)
          SELECT at, 'former', 'info', CASE WHEN n = 1 THEN 'the needle' ELSE 'line ' || n END, at
          FROM generate_series(1, ${MANY}::int) AS n,
            LATERAL (SELECT now() - interval '2 days' + n * interval '1 ms' AS at) AS given`
          .execute()
      );
    }
    await using chromium = await startChromium();
    const { page, errors } = await chromium.newPage(inEnglish);
    let hold = Promise.withResolvers<void>();
    await page.route(/\/api\/processor\/logs/, async (route) => {
      await hold.promise;
      await route.continue();
    });
    await page.goto(`${millrace.url}/logs?q=needle&until=${Date.now()}`);
    await page.getByText(/^Searched back to/).waitFor();
    await page.getByRole("button", { name: "Stop searching" }).click();
    hold.resolve();
    await page.getByRole("link", { name: "Search on" }).waitFor();
    assert.equal(await rows(page).count(), 0);
    hold = Promise.withResolvers();
    await page.getByRole("link", { name: "Search on" }).click();
    await page.getByRole("button", { name: "Stop searching" }).waitFor();
    hold.resolve();
    await row(page, "the needle").waitFor();
    await page.getByText(/^Searched back to/).waitFor({ state: "detached" });
    assert.deepEqual(errors, []);
  },
});
