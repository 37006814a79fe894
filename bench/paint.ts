// Latency from an article's completion to the changed pixel: Millrace's overview compared with bull-board at
// its default polling interval and with a page that polls once a second, idle and at full throughput.
//
//   deno task bench paint [articles while idle] [articles at full speed]

import { sleep } from "../lib/runtime/sleep.ts";
import type { TestBrowser } from "../tests/support/chromium.ts";
import { startChromium } from "../tests/support/chromium.ts";
import { startMillrace } from "../tests/support/millrace.ts";
import { commitTimes } from "./support/commit_times.ts";
import { type Painted, watchPainted } from "./support/painted.ts";
import { startPeer } from "./support/peer_process.ts";
import { untilQuiet } from "./support/quiet.ts";
import { figure, print, printTable, writeResults } from "./support/report.ts";
import { startBenchServers } from "./support/bench_servers.ts";
import { quantile } from "./support/statistics.ts";

const IDLE = Number(Deno.args[0] ?? 100);
const FULL = Number(Deno.args[1] ?? 10_000);
const WARM_UP = 1_000;
/** The pauses between articles while idle: uniformly distributed. */
const PAUSE_MS = { least: 100, most: 1_100 };
const LOADS = ["warming up", "idle", "full speed"] as const;

/** Processes `count` articles; returns the sorted completion times, ms since the epoch. */
type Work = (count: number, load: typeof LOADS[number]) => Promise<number[]>;

interface Row {
  page: string;
  load: string;
  articles: number;
  /** Milliseconds. */
  p50: number;
  p99: number;
  most: number;
  paintsASecond: number;
}

await using chromium = await startChromium();
const results = [...await measureMillrace(chromium), ...await measureBullMq(chromium)];
for (const load of LOADS.slice(1)) {
  const rows = results.filter((row) => row.load === load);
  const ours = rows[0]?.p50 ?? 0;
  printTable(`From completion to the changed pixel, ${load}`, rows, {
    "": ({ page }) => page,
    "p50 ms": ({ p50 }) => figure(p50, 1),
    "p99 ms": ({ p99 }) => figure(p99, 1),
    "most ms": ({ most }) => figure(most, 1),
    "Millrace's p50 is shorter": ({ p50 }) => `× ${figure(p50 / ours, 1)}`,
    "paints/s": ({ paintsASecond }) => figure(paintsASecond, 1),
  });
}
await writeResults("paint", { idle: IDLE, full: FULL, results });

async function measureMillrace(browser: TestBrowser): Promise<Row[]> {
  await using servers = await startBenchServers({ track_commit_timestamp: "on" });
  await using node = await startMillrace({
    env: { ROLE: "all", DATABASE_URL: servers.postgresUrl, REDIS_URL: servers.redisUrl },
  });
  const push = async (ids: number[]) => {
    await servers.redis.send(["LPUSH", "pending:articles", ...ids.map(String)]);
  };
  const page = await open(
    browser,
    node.url,
    '[data-field="processed_total"] .number',
  );
  let stored = 0;
  return await measure(new Map([["Millrace, by push", page]]), async (count, load) => {
    const ids = await servers.storeArticles(stored, count);
    stored += count;
    await untilQuiet();
    if (load === "idle") {
      for (const id of ids) {
        await pause();
        await push([id]);
      }
    } else {
      await push(ids);
    }
    await page.until(stored);
    return await commitTimes(servers, ids);
  });
}

async function measureBullMq(browser: TestBrowser): Promise<Row[]> {
  await using servers = await startBenchServers();
  const env = { REDIS_URL: servers.redisUrl };
  await using jobs = await startPeer("bullmq_jobs", "node", env);
  await using board = await startPeer("bull_board", "node", env);
  const url = `http://127.0.0.1:${await board.nextLine()}`;
  const work = async (count: number): Promise<number[]> => {
    await jobs.writeLine(String(count));
    return JSON.parse(await jobs.nextLine());
  };
  const pages = new Map([
    [
      "bull-board, default poll of 5 s",
      await open(
        browser,
        `${url}/board/queue/articles?status=completed`,
        'a[href$="status=completed"] [class^="badge"]',
      ),
    ],
    ["a page that polls each second", await open(browser, `${url}/poll`, "#done")],
  ]);
  return await measure(pages, async (count, load) => {
    await untilQuiet();
    if (load !== "idle") return await work(count);
    const done: number[] = [];
    for (let article = 0; article < count; article++) {
      await pause();
      done.push(...await work(1));
    }
    return done;
  });
}

async function open({ newPage }: TestBrowser, url: string, selector: string): Promise<Painted> {
  const { page } = await newPage({
    viewport: { width: 1440, height: 900 },
    locale: "en-US",
    reducedMotion: "no-preference",
  });
  await page.goto(url);
  await page.waitForLoadState("networkidle").catch(() => {}); // a page that polls is never idle
  return await watchPainted(page, selector);
}

async function measure(pages: ReadonlyMap<string, Painted>, work: Work): Promise<Row[]> {
  const rows: Row[] = [];
  let before = 0;
  for (const load of LOADS) {
    const count = { "warming up": WARM_UP, "idle": IDLE, "full speed": FULL }[load];
    const done = await work(count, load);
    for (const [page, painted] of pages) {
      const numbers = await painted.until(before + count);
      const delays = done.map((at, index) => {
        const shown = numbers.find(({ value }) => value > before + index);
        return shown === undefined ? Infinity : shown.at - at;
      });
      const seen = numbers.filter(({ at }) => at >= done[0]!);
      const seconds = (seen.at(-1)!.at - done[0]!) / 1_000;
      rows.push({
        page,
        load,
        articles: count,
        p50: quantile(delays, 0.5),
        p99: quantile(delays, 0.99),
        most: Math.max(...delays),
        paintsASecond: seen.length / seconds,
      });
      print(`${page}, ${load}: p50 ${figure(rows.at(-1)!.p50, 1)} ms\n`);
    }
    before += count;
  }
  return rows;
}

function pause(): Promise<void> {
  const ms = PAUSE_MS.least + Math.random() * (PAUSE_MS.most - PAUSE_MS.least);
  return sleep(ms);
}
