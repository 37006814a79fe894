import assert from "node:assert/strict";
import type { Page } from "playwright-core";
import { hasChromium, startChromium } from "../support/chromium.ts";
import { startMillrace } from "../support/millrace.ts";
import { command } from "../support/test_cluster.ts";
import { articleLine, configure, importLines, scrollToCharts, shows } from "../support/overview.ts";

const ROUNDS = 8;
const ARTICLES = 400;

/** The places of a figure that differed in one frame. */
interface Frames {
  frames: number;
  waiting: string[];
  differing: string[];
}

/** Compares in each frame what the tile, the legend and the tab say. */
async function compareInEachFrame(page: Page): Promise<void> {
  await page.evaluate(() => {
    const seen: Frames = { frames: 0, waiting: [], differing: [] };
    Object.assign(globalThis, { seen });
    const tile = (field: string) =>
      document.querySelector(`[data-field="${field}"]`)?.querySelector(".number")?.textContent ??
        document.querySelector(`[data-field="${field}"]`)?.textContent;
    const legend = (name: string) =>
      [...document.querySelectorAll(".legend li")].find((each) =>
        each.textContent?.startsWith(name)
      )?.querySelector("b")?.textContent;
    const inTitle = () => /(?:· |^)([\d,]+)/.exec(document.title)?.[1];
    const compare = () => {
      seen.frames++;
      const waiting = tile("queue_pending")!;
      if (!seen.waiting.includes(waiting)) seen.waiting.push(waiting);
      const places = [
        ["waiting", waiting, legend("Waiting"), inTitle()],
        ["to retry", tile("queue_retry"), legend("To retry")],
        ["finishing", tile("speed"), legend("Finished/s")],
      ];
      for (const [name, first, ...others] of places) {
        if (others.some((other) => other !== first)) {
          seen.differing.push(`${name}: ${[first, ...others].join(", ")}`);
        }
      }
      requestAnimationFrame(compare);
    };
    requestAnimationFrame(compare);
  });
}

const seenBy = (page: Page) =>
  page.evaluate(() => (globalThis as unknown as { seen: Frames }).seen);

Deno.test({
  name: "a figure has one value in all places of a page, in each frame, also right after a reload",
  ignore: !hasChromium,
  async fn() {
    await using millrace = await startMillrace();
    await configure(millrace, { batch_size: 20 });
    await importLines(millrace, [articleLine(0)]);
    await using chromium = await startChromium();
    const viewport = { width: 1440, height: 1600 };
    const { page, errors } = await chromium.newPage({ locale: "en-US", viewport });
    let number = 1;
    for (const open of [() => page.goto(millrace.url), () => page.reload()]) {
      await open();
      await shows(page, "arriving", /\d/);
      await scrollToCharts(page);
      await compareInEachFrame(page);
      await command(millrace, "stop");
      for (let round = 0; round < ROUNDS; round++) {
        await importLines(millrace, Array.from({ length: ARTICLES }, () => articleLine(number++)));
      }
      await command(millrace, "start");
      await shows(page, "processed_total", number.toLocaleString("en-US"), 60_000);
      const { frames, waiting, differing } = await seenBy(page);
      assert.ok(frames > 20 && waiting.length > 2, `${frames} frames, ${waiting.length} values`);
      assert.deepEqual(differing, []);
    }
    assert.deepEqual(errors, []);
  },
});

Deno.test({
  name: "the navigation and the page of failures have one number of failures, in each frame",
  ignore: !hasChromium,
  async fn() {
    await using millrace = await startMillrace({ env: { MILLRACE_POISON: "on" } });
    await configure(millrace, { retry_max: 0 });
    await using chromium = await startChromium();
    const { page, errors } = await chromium.newPage({ locale: "en-US" });
    await importLines(millrace, [articleLine(0, true)]);
    await page.goto(`${millrace.url}/failures`);
    await page.getByRole("heading", { name: "1 match" }).waitFor();
    await page.evaluate(() => {
      const seen: string[] = [];
      Object.assign(globalThis, { seen });
      const compare = () => {
        const badge = document.querySelector('.nav a[href$="/failures"] .count')?.textContent;
        const all = document.querySelector(".head .segments b")?.textContent;
        const pair = `${badge} ${all}`;
        if (seen.at(-1) !== pair) seen.push(pair);
        requestAnimationFrame(compare);
      };
      requestAnimationFrame(compare);
    });
    for (let first = 1; first < 40; first += 13) {
      const lines = Array.from({ length: 13 }, (_, n) => articleLine(first + n, true));
      await importLines(millrace, lines);
    }
    await page.getByRole("heading", { name: "40 match" }).waitFor();
    const seen = await page.evaluate(() => (globalThis as unknown as { seen: string[] }).seen);
    assert.equal(seen.at(-1), "40 40");
    assert.ok(seen.length > 1);
    assert.deepEqual(seen.filter((pair) => new Set(pair.split(" ")).size > 1), []);
    assert.deepEqual(errors, []);
  },
});

Deno.test({
  name:
    "a page that was just opened has the rates and the verdict of its node, from the first frame",
  ignore: !hasChromium,
  async fn() {
    await using millrace = await startMillrace();
    await importLines(millrace, [articleLine(0)]);
    await using chromium = await startChromium();
    const { page } = await chromium.newPage({ locale: "en-US" });
    await page.goto(millrace.url);
    await shows(page, "arriving", /\d/);
    for (let opening = 0; opening < 5; opening++) {
      await page.goto(millrace.url);
      const unknown = await page.evaluate(() =>
        new Promise<number>((resolve) => {
          let frames = 0;
          const until = performance.now() + 1_200;
          const look = () => {
            const shown = document.querySelector('[data-field="arriving"] .number')?.textContent;
            if (shown === "–") frames++;
            if (performance.now() > until) resolve(frames);
            else requestAnimationFrame(look);
          };
          look();
        })
      );
      assert.equal(unknown, 0, "frames without a rate");
    }
  },
});
