import assert from "node:assert/strict";
import { hasChromium, startChromium } from "../support/chromium.ts";
import { handOn } from "../support/counted_page.ts";
import { eventually } from "../support/eventually.ts";
import { type Millrace, startMillrace } from "../support/millrace.ts";
import { configure, importLines } from "../support/overview.ts";

const inEnglish = { locale: "en-US" };

async function failures(millrace: Millrace, query: string): Promise<number> {
  return (await (await millrace.fetch(`/api/failures/count${query}`)).json()).data.count;
}

Deno.test({
  name:
    "finding the failing source takes one click, and retrying the timeouts of one group takes three",
  ignore: !hasChromium,
  async fn(t) {
    await using millrace = await startMillrace({ env: { MILLRACE_POISON: "on" } });
    await using chromium = await startChromium();
    await configure(millrace, { retry_max: 0, time_limit_seconds: 1 });
    const line = (n: number, source: string, group: string, mark: string) =>
      `${
        JSON.stringify({
          title: `Article ${n}`,
          source,
          group,
          content: `[[millrace:${mark}]] ${n}`,
        })
      }\n`;
    await importLines(millrace, [
      ...Array.from({ length: 6 }, (_, n) => line(n, `crawler-7/${n}`, "textbooks", "throw")),
      line(6, "crawler-2/6", "textbooks", "loop"),
      line(7, "crawler-2/7", "textbooks", "loop"),
      line(8, "https://feeds.example/8", "news", "loop"),
    ]);
    await eventually(async () => assert.equal(await failures(millrace, "?state=dead"), 9), 60_000);
    const { page, errors } = await chromium.newPage(inEnglish);

    await t.step("find the source that produces failures", async () => {
      await page.goto(millrace.url);
      const hand = handOn(page);
      await hand.press("link", /^Failures/);
      const sources = page.locator("#facet-source li");
      await sources.first().waitFor();
      const texts = (await sources.allInnerTexts()).map((text) => text.replace(/\s+/g, " ").trim());
      assert.deepEqual(texts, ["crawler-7 6", "crawler-2 2", "feeds.example 1"]);
      hand.took(1);
    });

    await t.step("retry only the timeouts of one group", async () => {
      await page.goto(`${millrace.url}/failures`);
      await millrace.fetch("/api/processor/stop", { method: "POST" });
      const hand = handOn(page);
      await hand.press("link", /^Took too long/);
      await page.getByRole("heading", { name: "3 match" }).waitFor();
      await hand.press("link", "Retry all of textbooks: 2…");
      await page.getByRole("heading", { name: "Retry these 2 articles?" }).waitFor();
      const preview = page.locator(".preview");
      await preview.getByText("Article 6").waitFor();
      await preview.getByText("Article 7").waitFor();
      await hand.press("button", "Retry 2 articles");
      await page.getByText("2 articles queued again").waitFor();
      hand.took(3);
      assert.equal(await failures(millrace, ""), 7);
      assert.equal(await failures(millrace, "?reason=timed_out&group=textbooks"), 0);
      assert.equal(await failures(millrace, "?reason=timed_out&group=news"), 1);
    });

    await t.step("filters are kept in the URL", async () => {
      await page.goto(`${millrace.url}/failures?source=feeds.example&reason=timed_out`);
      await page.getByRole("link", { name: "Article 8" }).waitFor();
      await page.getByRole("link", { name: "Remove filter: Source" }).click();
      assert.equal(new URL(page.url()).search, "?reason=timed_out");
      await page.getByLabel("Add a filter").fill("node:no-such-node");
      await page.locator(".filter-add button").click();
      await page.getByRole("heading", { name: "No failure matches" }).waitFor();
    });
    assert.deepEqual(errors, []);
  },
});
