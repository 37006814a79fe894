/** CPU load of Redis caused by the status of many nodes: simulated idle nodes that report at each heartbeat. */
import { z } from "zod";
import { createRedisQueue } from "../lib/queue/redis_queue.ts";
import type { NodeReport } from "../lib/queue/queue.ts";
import { heartbeatMs } from "../lib/status/heartbeat_interval.ts";
import { connectRedis } from "../lib/redis/redis_connection.ts";
import { startRedis } from "../tests/support/redis.ts";
import { figure, printTable, writeResults } from "./support/report.ts";
import { sleep } from "../lib/runtime/sleep.ts";

const TODAY = { day: "20260713", zone: "UTC" };
const WINDOW_MS = 53;
const SECONDS = 8;

/** Returns what a node that has processed articles reports while it is idle. */
function reportOf(node: string): NodeReport {
  const worker = { state: "idle", articles: 0, since: 1, processed: 9, failed: 0, average_ms: 1.5 };
  const histogram = { counts: [0, 0, 1, 5, 40, 210, 340, 260, 90, 12, 3], sum: 12.345678 };
  return {
    node,
    role: "worker",
    running: true,
    workers: 3,
    in_flight: 0,
    speed: 0,
    last_error: null,
    detail: {
      started_at: 1_783_000_000_000,
      cores: 2,
      paused: false,
      settings: "0123456789abcdef",
      memory_bytes: 412_345_678,
      processed: 961,
      failed: 0,
      retried: 0,
      wait: histogram,
      run: histogram,
      stages: { load_ms: 210, clean_ms: 3_400, annotate_ms: 5_100, save_ms: 480, restart_ms: 0 },
      restarts: 0,
      outages: [],
      outage_reasons: {},
      worker_rows: [1, 2, 3].map((id) => ({ id, ...worker })),
      quarantine: [],
      oldest_at: null,
      alerts: { firing: 0, browser: 0 },
      clock_off_ms: null,
    },
  };
}

await using server = await startRedis();
await using connection = await connectRedis(server.url, { prefix: "" });
await using queue = createRedisQueue(connection);

/** Returns the CPU time of Redis so far, in seconds. */
async function cpuSeconds(): Promise<number> {
  const info = z.string().parse(await connection.send(["INFO", "cpu"]));
  const used = (name: string) => Number(new RegExp(`${name}:([\\d.]+)`).exec(info)?.[1]);
  return used("used_cpu_sys") + used("used_cpu_user");
}

const rows: { count: number; share: number; bytes: number }[] = [];
for (const count of [1, 10, 100, 1_000]) {
  await server.command("FLUSHALL");
  const reports = Array.from({ length: count }, (_, i) => reportOf(`node-${i}`));
  await Promise.all(reports.map((report) => queue.report(report, TODAY, WINDOW_MS, false)));
  const before = await cpuSeconds();
  const began = performance.now();
  const reporting: Promise<unknown>[] = [];
  const beatMs = heartbeatMs(count) / count;
  for (let beat = 0; beat < SECONDS * 1_000 / beatMs; beat++) {
    const due = began + beat * beatMs;
    const early = due - performance.now();
    if (early > 1) await sleep(early);
    reporting.push(queue.report(reports[beat % count]!, TODAY, WINDOW_MS, false));
  }
  await Promise.all(reporting);
  const share = (await cpuSeconds() - before) / ((performance.now() - began) / 1_000);
  const { status } = await queue.report(null, TODAY, WINDOW_MS, false);
  rows.push({ count, share, bytes: status.length });
}
printTable("Nodes that report at each heartbeat", rows, {
  "nodes": ({ count }) => figure(count),
  "core of Redis, %": ({ share }) => figure(share * 100, 1),
  "status, bytes": ({ bytes }) => figure(bytes),
});
await writeResults("cluster", { rows });
