// The overview's cost in a browser: script size, first paint, and CPU and memory at a thousand articles per
// second. Measured in Chromium, over loopback.
//
//   deno task bench page [minutes]

import type { CDPSession, Page } from "playwright-core";
import { createRedisBus } from "../lib/bus/redis_bus.ts";
import { startChromium, type TestBrowser } from "../tests/support/chromium.ts";
import { startMillrace } from "../tests/support/millrace.ts";
import { untilQuiet } from "./support/quiet.ts";
import { figure, printTable, writeResults } from "./support/report.ts";
import { type BenchServers, startBenchServers } from "./support/bench_servers.ts";
import { median, quantile } from "./support/statistics.ts";
import { startStream } from "./support/stream.ts";
import { type PageChanges, watchChanges } from "./support/watch_changes.ts";
import { sleep } from "../lib/runtime/sleep.ts";

const MINUTES = Number(Deno.args[0] ?? 2);
const RATE = 1_000;
const LOADS = 20;
/** More lines than the overview keeps. */
const LOG_LINES = 500;
const SETTLE_MS = 10_000;
const LOOK_MS = 5_000;
const BUDGET = {
  /** Includes the framework's runtime; a test checks the application's own part. */
  codeBytes: 58_000,
  codeWithChartsBytes: 82_000,
  paintMs: 300,
  longTaskMs: 50,
  /** Heap growth per minute; smaller values are noise. */
  growthBytes: 50_000,
};

await using servers = await startBenchServers({ fsync: "off" });
await fillHistory(servers);
await using node = await startMillrace({
  env: { ROLE: "all", DATABASE_URL: servers.postgresUrl, REDIS_URL: servers.redisUrl },
});
await using chromium = await startChromium();
await untilQuiet();

const code = await measureCode(chromium);
const paints = await measurePaint(chromium);
const stream = await measureStream(chromium);

const rows = [
  {
    what: "code, compressed, without the charts",
    value: `${figure(code.before / 1_000, 1)} KB`,
    budget: `${figure(BUDGET.codeBytes / 1_000)} KB`,
    share: code.before / BUDGET.codeBytes,
  },
  {
    what: "code, compressed, with the charts",
    value: `${figure(code.all / 1_000, 1)} KB`,
    budget: `${figure(BUDGET.codeWithChartsBytes / 1_000)} KB`,
    share: code.all / BUDGET.codeWithChartsBytes,
  },
  {
    what: `first contentful paint, the slowest of ${LOADS}`,
    value: `${figure(Math.max(...paints))} ms`,
    budget: `${BUDGET.paintMs} ms`,
    share: Math.max(...paints) / BUDGET.paintMs,
  },
  {
    what: "first contentful paint, the median",
    value: `${figure(median(paints))} ms`,
    budget: `${BUDGET.paintMs} ms`,
    share: median(paints) / BUDGET.paintMs,
  },
  {
    what: `tasks over ${BUDGET.longTaskMs} ms`,
    value: figure(stream.longTasks.length),
    budget: "0",
    share: null,
  },
  {
    what: "heap growth per minute",
    value: `${figure(stream.growth / 1_000, 1)} KB`,
    budget: `${figure(BUDGET.growthBytes / 1_000)} KB`,
    share: Math.max(0, stream.growth) / BUDGET.growthBytes,
  },
  {
    what: "redundant changes of the page",
    value: figure(stream.changes.idle),
    budget: "0",
    share: null,
  },
];
printTable("The overview in a browser", rows, {
  "": ({ what }) => what,
  "measured": ({ value }) => value,
  "budget": ({ budget }) => budget,
  "of the budget": ({ share }) => share === null ? "" : `${figure(share * 100)} %`,
});
printTable(`${figure(MINUTES)} minutes of ${figure(stream.rate)} articles/s`, [stream], {
  "heap, start → end": ({ heap }) =>
    `${figure((heap[0] ?? 0) / 1e6, 2)} → ${figure((heap.at(-1) ?? 0) / 1e6, 2)} MB`,
  "nodes, start → end": ({ nodes }) => `${nodes[0]} → ${nodes.at(-1)}`,
  "main thread busy": ({ busy }) => `${figure(busy * 100, 1)} %`,
  "changes/s": ({ changes }) => figure(changes.records / (MINUTES * 60)),
  "texts, attributes, elements": ({ changes }) =>
    [changes.texts, changes.attributes, changes.elements].map((count) => figure(count)).join(", "),
  "longest task": ({ longTasks }) =>
    longTasks.length === 0 ? "< 50 ms" : `${figure(Math.max(...longTasks))} ms`,
});
await writeResults("page", { minutes: MINUTES, budget: BUDGET, code, paints, stream });

/** Returns the transferred bytes of scripts: without the charts' module, and in total. */
async function measureCode({ newPage }: TestBrowser) {
  const { page } = await newPage({
    viewport: { width: 1280, height: 320 },
    reducedMotion: "no-preference",
  });
  await page.goto(node.url, { waitUntil: "networkidle" });
  const before = await scriptBytes(page);
  await page.locator(".charts").evaluate((charts) => charts.scrollIntoView());
  await page.locator(".charts canvas").first().waitFor();
  await page.waitForLoadState("networkidle");
  const all = await scriptBytes(page);
  await page.context().close();
  return { before, all };
}

function scriptBytes(page: Page): Promise<number> {
  return page.evaluate(() =>
    (performance.getEntriesByType("resource") as PerformanceResourceTiming[])
      .filter(({ name }) => new URL(name).pathname.endsWith(".js"))
      .reduce((sum, { encodedBodySize }) => sum + encodedBodySize, 0)
  );
}

/** Returns the times from navigation to first contentful paint in ms, with a cold cache. */
async function measurePaint({ newPage }: TestBrowser): Promise<number[]> {
  const paints: number[] = [];
  for (let load = 0; load < LOADS; load++) {
    const { page } = await newPage({
      viewport: { width: 1440, height: 900 },
      reducedMotion: "no-preference",
    });
    await page.goto(node.url);
    paints.push(
      await page.evaluate(() =>
        new Promise<number>((resolve) => {
          new PerformanceObserver((list) => {
            const paint = list.getEntriesByName("first-contentful-paint")[0];
            if (paint) resolve(paint.startTime);
          }).observe({ type: "paint", buffered: true });
        })
      ),
    );
    await page.context().close();
  }
  return paints;
}

/** Measures an open page while articles are processed. */
async function measureStream({ newPage }: TestBrowser) {
  const { page, errors } = await newPage({
    viewport: { width: 1440, height: 1600 },
    reducedMotion: "no-preference",
  });
  await page.goto(node.url);
  await page.locator(".charts canvas").first().waitFor();
  const devtools = await page.context().newCDPSession(page);
  await devtools.send("Performance.enable", { timeDomain: "threadTicks" });
  await fillLog(servers);
  await using articles = startStream(servers, RATE);
  await sleep(SETTLE_MS);

  await page.evaluate(watchChanges);
  await page.evaluate(() => {
    const tasks: number[] = [];
    Reflect.set(window, "longTasks", tasks);
    new PerformanceObserver((list) => {
      for (const { duration } of list.getEntries()) tasks.push(duration);
    }).observe({ type: "longtask" });
  });
  const [began, pushed, busyBefore] = [performance.now(), articles.pushed(), await busy(devtools)];
  const heap: number[] = [];
  const nodes: number[] = [];
  while (performance.now() - began < MINUTES * 60_000) {
    await sleep(LOOK_MS);
    // A heap measurement collects garbage first, which must not count as the page's CPU time.
    heap.push(await usedHeap(devtools));
    nodes.push((await devtools.send("Memory.getDOMCounters")).nodes);
  }
  const seconds = (performance.now() - began) / 1_000;
  const longTasks = await page.evaluate(() => Reflect.get(window, "longTasks") as number[]);
  const changes = await page.evaluate(() => Reflect.get(window, "changes") as PageChanges);
  if (errors.length > 0) throw new Error(`The page had errors: ${errors.join("; ")}`);
  return {
    rate: (articles.pushed() - pushed) / seconds,
    longTasks,
    changes,
    heap,
    nodes,
    busy: (await busy(devtools) - busyBefore) / seconds,
    /** Bytes per minute, between the medians of the first and the last third. */
    growth: growthOf(heap) / (seconds * 2 / 3 / 60),
    p99Heap: quantile(heap, 0.99),
  };
}

async function usedHeap(devtools: CDPSession): Promise<number> {
  await devtools.send("HeapProfiler.collectGarbage");
  return (await devtools.send("Runtime.getHeapUsage")).usedSize;
}

/** Returns the CPU time of the page's main thread so far, in seconds. */
async function busy(devtools: CDPSession): Promise<number> {
  const { metrics } = await devtools.send("Performance.getMetrics");
  return metrics.find(({ name }) => name === "TaskDuration")?.value ?? 0;
}

function growthOf(heap: number[]): number {
  const third = Math.ceil(heap.length / 3);
  return median(heap.slice(-third)) - median(heap.slice(0, third));
}

/** Fills the log, of which a page keeps the last lines: growth after that is a leak. */
async function fillLog({ redis }: BenchServers) {
  const bus = createRedisBus(redis, {
    onError(error) {
      throw error;
    },
  });
  await bus.appendLogs(Array.from({ length: LOG_LINES }, (_, n) => ({
    type: "log",
    level: "info",
    message: `Line ${n}`,
    timestamp: new Date().toISOString(),
    node: "bench",
  })));
}

/** Likewise fills the history of the last five minutes. */
async function fillHistory({ sql }: BenchServers) {
  await sql`DELETE FROM history WHERE span = '5m'`;
  await sql`
    INSERT INTO history (span, at, processed, failed, retried, pending, retry, dead)
    SELECT '5m', date_trunc('second', now()) - n * interval '1 s', 0, 0, 0, n % 7, 0, 0
    FROM generate_series(0, 400) AS n`;
}
