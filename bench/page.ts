// What the overview costs a browser: its code, its first paint, and what a thousand articles a second do
// to it. Measured in Chromium, over loopback.
//
//   deno task bench page [minutes]

import type { CDPSession, Page } from "playwright-core";
import { createRedisBus } from "../lib/bus/redis.ts";
import { startChromium, type TestBrowser } from "../tests/support/chromium.ts";
import { startMillrace } from "../tests/support/millrace.ts";
import { untilQuiet } from "./support/quiet.ts";
import { figure, printTable, writeResults } from "./support/report.ts";
import { type Stand, startStand } from "./support/stand.ts";
import { median, quantile } from "./support/statistics.ts";
import { startStream } from "./support/stream.ts";
import { type PageChanges, watchChanges } from "./support/watch_changes.ts";

const MINUTES = Number(Deno.args[0] ?? 2);
const RATE = 1_000;
const LOADS = 20;
/** More than the overview keeps. */
const LOG_LINES = 500;
const SETTLE_MS = 10_000;
const LOOK_MS = 5_000;
const BUDGET = {
  codeBytes: 30_000,
  codeWithChartsBytes: 60_000,
  paintMs: 300,
  longTaskMs: 50,
  /** Of the heap, in a minute: what is below cannot be told from chance. */
  growthBytes: 50_000,
};

await using stand = await startStand({ fsync: "off" });
await fillHistory(stand);
await using node = await startMillrace({
  env: { ROLE: "all", DATABASE_URL: stand.postgresUrl, REDIS_URL: stand.redisUrl },
});
await using chromium = await startChromium();
await untilQuiet();

const code = await measureCode(chromium);
const paints = await measurePaint(chromium);
const stream = await measureStream(chromium);

const rows = [
  {
    what: "code, compressed, before the charts are seen",
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
    what: "growth of the heap a minute",
    value: `${figure(stream.growth / 1_000, 1)} KB`,
    budget: `${figure(BUDGET.growthBytes / 1_000)} KB`,
    share: Math.max(0, stream.growth) / BUDGET.growthBytes,
  },
  {
    what: "changes of the page that changed nothing",
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

/** The bytes of scripts that cross the wire: those of a page whose charts are not seen, and all. */
async function measureCode({ newPage }: TestBrowser) {
  const { page } = await newPage({ viewport: { width: 1280, height: 320 } });
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

/** From the navigation to the first contentful paint in ms, with nothing in the browser's cache. */
async function measurePaint({ newPage }: TestBrowser): Promise<number[]> {
  const paints: number[] = [];
  for (let load = 0; load < LOADS; load++) {
    const { page } = await newPage({ viewport: { width: 1440, height: 900 } });
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

/** What a page that is open meets while articles go by. */
async function measureStream({ newPage }: TestBrowser) {
  const { page, errors } = await newPage({ viewport: { width: 1440, height: 1600 } });
  await page.goto(node.url);
  await page.locator(".charts canvas").first().waitFor();
  const devtools = await page.context().newCDPSession(page);
  await devtools.send("Performance.enable", { timeDomain: "threadTicks" });
  await fillLog(stand);
  await using articles = startStream(stand, RATE);
  await new Promise((resolve) => setTimeout(resolve, SETTLE_MS));

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
    await new Promise((resolve) => setTimeout(resolve, LOOK_MS));
    // Whoever looks at the heap collects it first, which is no work of the page.
    heap.push(await usedHeap(devtools));
    nodes.push((await devtools.send("Memory.getDOMCounters")).nodes);
  }
  const seconds = (performance.now() - began) / 1_000;
  const longTasks = await page.evaluate(() => Reflect.get(window, "longTasks") as number[]);
  const changes = await page.evaluate(() => Reflect.get(window, "changes") as PageChanges);
  if (errors.length > 0) throw new Error(`The page met errors: ${errors.join("; ")}`);
  return {
    rate: (articles.pushed() - pushed) / seconds,
    longTasks,
    changes,
    heap,
    nodes,
    busy: (await busy(devtools) - busyBefore) / seconds,
    /** Bytes a minute, between the medians of the first and of the last third. */
    growth: growthOf(heap) / (seconds * 2 / 3 / 60),
    p99Heap: quantile(heap, 0.99),
  };
}

async function usedHeap(devtools: CDPSession): Promise<number> {
  await devtools.send("HeapProfiler.collectGarbage");
  return (await devtools.send("Runtime.getHeapUsage")).usedSize;
}

/** Seconds of processor time that the page's main thread has used so far. */
async function busy(devtools: CDPSession): Promise<number> {
  const { metrics } = await devtools.send("Performance.getMetrics");
  return metrics.find(({ name }) => name === "TaskDuration")?.value ?? 0;
}

function growthOf(heap: number[]): number {
  const third = Math.ceil(heap.length / 3);
  return median(heap.slice(-third)) - median(heap.slice(0, third));
}

/** A page keeps some of the last lines; with all of them there from the start, what grows is a leak. */
async function fillLog({ redis }: Stand) {
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

/** So it does with the last five minutes. */
async function fillHistory({ sql }: Stand) {
  await sql`DELETE FROM history WHERE span = '5m'`;
  await sql`
    INSERT INTO history (span, at, processed, failed, retried, pending, retry, dead)
    SELECT '5m', date_trunc('second', now()) - n * interval '1 s', 0, 0, 0, n % 7, 0, 0
    FROM generate_series(0, 400) AS n`;
}
