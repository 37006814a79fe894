import assert from "node:assert/strict";
import type { Page } from "playwright-core";
import { hasChromium, startChromium } from "../support/chromium.ts";
import { handOn } from "../support/counted_page.ts";
import { eventually } from "../support/eventually.ts";
import type { Millrace } from "../support/millrace.ts";
import { articleLine, scrollToCharts } from "../support/overview.ts";
import { startTestCluster, withServers } from "../support/test_cluster.ts";

// The table of docs/dashboard.md has the same counts; failure_jobs_test.ts has the other two jobs.

const LIN = "the-token-of-the-admin-lin";
const ANNA = "the-token-of-the-operator-anna";
const HOUR_MS = 3_600_000;
const [NAME, ignore] = Object.values(withServers("an operator's jobs take few clicks")) as [
  string,
  boolean,
];

async function tokensFile(): Promise<string> {
  const file = await Deno.makeTempFile({ prefix: "millrace-tokens-" });
  const lines = await Promise.all(([["lin", "admin", LIN], ["anna", "operator", ANNA]] as const)
    .map(async ([name, role, token]) => {
      const digest = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(token));
      return `${name} ${role} ${new Uint8Array(digest).toHex()}\n`;
    }));
  await Deno.writeTextFile(file, lines.join(""));
  return file;
}

/** Calls the API as an operator's program; returns the data. */
async function call(node: Millrace, token: string, method: string, path: string, body?: unknown) {
  const isLines = typeof body === "string";
  const response = await node.fetch(path, {
    method,
    headers: {
      authorization: `Bearer ${token}`,
      "content-type": isLines ? "application/x-ndjson" : "application/json",
    },
    ...(body === undefined ? {} : { body: isLines ? body : JSON.stringify(body) }),
  });
  const text = await response.text();
  assert.ok(response.ok, `${path}: ${text}`);
  return JSON.parse(text).data;
}

async function count(node: Millrace, field: string, expected: number) {
  await eventually(async () => {
    const status = await call(node, ANNA, "GET", "/api/processor/status");
    assert.equal(status[field], expected, field);
  }, 60_000);
}

async function signIn(page: Page, { url }: Millrace) {
  await page.goto(`${url}/sign-in`);
  await page.getByLabel("Token").fill(LIN);
  await page.getByRole("button", { name: "Sign in" }).click();
  await page.locator('[data-link="live"]').waitFor();
}

const titled = (title: string, source: string) =>
  `${JSON.stringify({ ...JSON.parse(articleLine(1)), title, source })}\n`;

Deno.test({
  name: NAME,
  ignore: ignore || !hasChromium,
  async fn(t) {
    await using cluster = await startTestCluster();
    const env = {
      ADMIN_TOKEN: "the-token-of-nobody-here",
      TOKENS_FILE: await tokensFile(),
      MILLRACE_POISON: "on",
    };
    const node = await cluster.startNode("all", env);
    await cluster.startNode("worker", env);
    await using chromium = await startChromium();
    const { page, errors } = await chromium.newPage({
      locale: "en-US",
      viewport: { width: 1440, height: 900 },
      permissions: ["clipboard-read", "clipboard-write"],
    });
    await call(node, LIN, "PUT", "/api/processor/config", { retry_max: 0, batch_size: 5 });
    const many = Array.from({ length: 400 }, (_, n) => articleLine(n));
    await call(node, LIN, "POST", "/api/articles/import", many.join(""));
    await call(
      node,
      LIN,
      "POST",
      "/api/articles/import",
      titled("Moonlight", "m-1") + titled("Moonlight", "m-2") + articleLine(1_000, true),
    );
    await count(node, "processed_total", 402);
    await count(node, "queue_dead", 1);
    const { articles: [yesterdays] } = await call(node, ANNA, "GET", "/api/articles?source=m-1");
    await cluster.database.sql`
      UPDATE original_articles SET created_at = now() - interval '1 day' WHERE source = 'm-1'`;
    await call(node, ANNA, "POST", `/api/articles/${yesterdays.id}/process`);
    await count(node, "processed_total", 403);
    await call(node, ANNA, "DELETE", "/api/processor/dead-queue");
    await signIn(page, node);
    // The last event, whose mark is above those of the same seconds.
    await call(node, ANNA, "POST", "/api/processor/stop");
    const overview = async () => {
      await page.goto(node.url);
      return handOn(page);
    };

    await t.step("why did throughput drop: one click on the chart", async () => {
      const hand = await overview();
      await scrollToCharts(page);
      const mark = page.getByRole("link", { name: /anna stopped the stream/ }).first();
      // Marks of the same seconds overlap, so the click is on the plot, below them.
      const [plot, at] = [page.locator(".chart-plot").first(), await mark.boundingBox()];
      const box = await plot.boundingBox();
      assert.ok(at !== null && box !== null);
      await hand.click(plot, { x: at.x + at.width / 2 - box.x, y: box.height / 2 });
      const minute = page.locator(".minute");
      await minute.getByText("stopped the stream").waitFor();
      const text = (await minute.innerText()).replace(/\s+/g, " ");
      assert.match(text, /anna stopped the stream/);
      assert.match(text, /No failures of this minute remain|\d+ failures?/);
      assert.match(text, /\d+ log lines?/);
      hand.took(1);
    });

    await t.step("the article with a title, of yesterday: two clicks and a key", async () => {
      const hand = await overview();
      await hand.press("link", /^Articles$/);
      await page.getByLabel("Title contains").fill("moonlight");
      await page.getByLabel("Received on").fill(localDay(Date.now() - 24 * HOUR_MS));
      await hand.key("Enter");
      await page.waitForURL(/q=moonlight/);
      await hand.press("link", "Moonlight");
      await page.getByRole("heading", { name: "Moonlight", level: 1 }).waitFor();
      const history = await page.locator(".timeline-what").allTextContents();
      assert.deepEqual(history, [
        "Processed; 1 paragraph kept",
        "Queued again by anna",
        "Processed; 1 paragraph kept",
        "Received",
      ]);
      hand.took(2, 1);
    });

    await t.step("who cleared the dead letters: one click", async () => {
      const hand = await overview();
      await hand.press("link", "Timeline");
      await page.locator(".events").getByText("cleared 1 dead letter").waitFor();
      assert.match(await page.locator(".events").innerText(), /anna cleared 1 dead letter/);
      hand.took(1);
    });

    await t.step("is one node slower than the other: one click", async () => {
      const hand = await overview();
      await scrollToCharts(page);
      await hand.press("button", "By node");
      const table = page.locator(".comparison");
      await eventually(async () => {
        const heads = await table.locator("thead th").allTextContents();
        assert.equal(heads.length, 4, "a measure, two nodes, the difference");
        for (const share of ["p50", "p95", "p99"]) {
          const row = table.getByRole("row", { name: new RegExp(`^Run.* ${share}`) });
          const cells = await row.locator("td").allTextContents();
          assert.match(cells.join(" "), /^[\d.,]+ [\d.,]+ \S/);
        }
      }, 30_000);
      hand.took(1);
    });

    await t.step(
      "an alert on more than 100 dead letters, tried on the past week: two clicks",
      async () => {
        const hand = await overview();
        await hand.press("link", /^Alerts/);
        assert.equal(await page.getByLabel("Measure").inputValue(), "dead_letters");
        assert.equal(await page.getByLabel("Threshold").inputValue(), "100");
        await page.getByText(/^Would not have fired/).first().waitFor();
        await hand.press("button", "Save");
        await page.getByRole("rowheader", { name: "Dead letters" }).waitFor();
        hand.took(2);
      },
    );

    await t.step("share exactly this view: one click", async () => {
      await page.goto(`${node.url}/articles?q=moonlight&group=default`);
      const hand = handOn(page);
      await hand.press("button", "Copy link");
      await page.getByText("Link copied").waitFor();
      hand.took(1);
      const copied = await page.evaluate(() => navigator.clipboard.readText());
      assert.equal(copied, page.url());
    });

    await t.step("what changed since I last looked: no click", async () => {
      const visit = { name: "visit", value: String(Date.now() - HOUR_MS), url: node.url };
      await page.context().addCookies([visit]);
      const hand = await overview();
      const strip = await page.getByRole("region", { name: "Since your last visit" }).innerText();
      assert.match(strip, /Finished \+\d+/);
      assert.match(strip, /\d changes by .*anna/);
      hand.took(0);
    });
    assert.deepEqual(errors, []);
  },
});

/** The day of a moment in this machine's time zone, which is the node's. */
function localDay(at: number): string {
  const date = new Date(at);
  const two = (number: number) => String(number).padStart(2, "0");
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
}
