/**
 * Takes the screenshots in docs/screenshots, on a temporary node with the sample and some failing articles.
 *
 *   deno task screenshots            every page
 *   deno task screenshots NAME…      these pages
 */
import type { Page } from "playwright-core";
import { startChromium } from "../tests/support/chromium.ts";
import { startMillrace } from "../tests/support/millrace.ts";
import { articleLine, configure, importLines, shows } from "../tests/support/overview.ts";
import { sleep } from "../lib/runtime/sleep.ts";

interface Picture {
  name: string;
  path: string;
  /** Whether articles are processed while it is taken; such screenshots come last. */
  busy?: true;
  /** The selector to wait for. */
  ready: (page: Page) => Promise<unknown>;
}

const PAGES: Picture[] = [
  {
    name: "workers",
    path: "/workers",
    ready: (page) => page.locator('.node tr[data-state="idle"]').nth(1).waitFor(),
  },
  {
    name: "logs",
    path: "/logs",
    ready: async (page) => {
      await shows(page, "connection", /\d/);
      await page.locator('.log-row[data-level="error"]').first().click();
    },
  },
  {
    name: "settings",
    path: "/settings",
    ready: async (page) => {
      await page.locator("#min_paragraph_length").fill("30");
      await page.locator(".preview-article").first().waitFor();
    },
  },
  {
    name: "import",
    path: "/import",
    ready: async (page) => {
      await page.locator("textarea").fill(`{"title":}\n${articleLine(9_000)}`);
      await page.locator(".import-submit button").click();
      await page.locator(".import-rejected").waitFor();
    },
  },
  {
    name: "failures",
    path: "/failures",
    // On narrow screens the facets are a hidden sheet.
    ready: (page) => page.locator("#facet-cause li").first().waitFor({ state: "attached" }),
  },
  {
    name: "articles",
    path: "/articles",
    ready: (page) => page.locator(".rows tbody tr").first().waitFor(),
  },
  {
    name: "article",
    path: "/articles/17",
    ready: (page) => page.locator(".pair ruby").first().waitFor(),
  },
  {
    name: "overview",
    path: "/",
    busy: true,
    ready: async (page) => {
      await shows(page, "connection", /\d/);
      await drawCharts(page);
    },
  },
  {
    name: "wall",
    path: "/?view=wall",
    busy: true,
    ready: drawCharts,
  },
];

const LOOKS = [
  {
    name: "zh-light-wide",
    locale: "zh-CN",
    colorScheme: "light",
    viewport: { width: 1440, height: 900 },
  },
  {
    name: "en-dark-narrow",
    locale: "en-US",
    colorScheme: "dark",
    viewport: { width: 390, height: 844 },
  },
] as const;

/** Truncates a long list. */
const TALLEST = 1_800;

const wanted = Deno.args;
const folder = new URL("../docs/screenshots/", import.meta.url);
await Deno.mkdir(folder, { recursive: true });

await using millrace = await startMillrace({ env: { SAMPLE: "on", MILLRACE_POISON: "on" } });
await using chromium = await startChromium();
await configure(millrace, { retry_max: 0 });
await importLines(millrace, [articleLine(1, true)]);
await untilStatus(({ queue_dead }) => queue_dead === 1);
await configure(millrace, { retry_max: 3 });
await importLines(millrace, [articleLine(2, true), articleLine(3, true)]);
await untilStatus(({ queue_retry }) => queue_retry === 2);

const stream = createStream();
for (const { name, path, busy = false, ready } of PAGES) {
  if (wanted.length > 0 && !wanted.includes(name)) continue;
  if (busy) await stream.underWay();
  for (const { name: look, ...options } of LOOKS) {
    const { page } = await chromium.newPage({ ...options, reducedMotion: "reduce" });
    await page.goto(millrace.url + path);
    await ready(page);
    const { width } = options.viewport;
    const whole = await page.evaluate(() => document.documentElement.scrollHeight);
    await page.screenshot({
      path: new URL(`${name}-${look}.png`, folder).pathname,
      fullPage: true,
      clip: { x: 0, y: 0, width, height: Math.min(whole, TALLEST) },
    });
    await page.close();
  }
}

await stream.stop();

/** Scrolls to the charts, which are drawn once visible. */
async function drawCharts(page: Page) {
  // Not in parallel: becoming visible replaces elements.
  await page.locator(".charts").evaluate((charts) => charts.scrollIntoView());
  await page.locator("[data-live=true]").waitFor();
  await page.evaluate(() => scrollTo(0, 0));
}

/** A stream of articles at a varying rate, started on demand. */
function createStream() {
  const ending = new AbortController();
  let number = 1_000;
  let feeding: Promise<void> | null = null;

  async function feed() {
    while (!ending.signal.aborted) {
      const count = Math.round(60 + 40 * Math.sin(number / 700));
      await importLines(millrace, Array.from({ length: count }, () => articleLine(number++)));
      await sleep(500);
    }
  }

  return {
    /** Resolves when the charts have data. */
    async underWay() {
      feeding ??= feed();
      await untilStatus(({ processed_total }) => Number(processed_total) > 6_000);
    },
    async stop() {
      ending.abort();
      await feeding;
    },
  };
}

async function untilStatus(holds: (status: Record<string, unknown>) => boolean): Promise<void> {
  for (;;) {
    const { data } = await (await millrace.fetch("/api/processor/status")).json();
    if (holds(data)) return;
    await sleep(50);
  }
}
