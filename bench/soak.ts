// A soak test of a node: full load, sockets that connect and disconnect, and injected faults. Checks that its
// memory, file descriptors and event loop lag stay constant, and finally that no article was lost or
// processed twice.
//
//   deno task bench soak [minutes] [sockets]

import { sleep } from "../lib/runtime/sleep.ts";
import { audit } from "../tests/support/audit.ts";
import { importAll } from "../tests/support/producer.ts";
import { type Millrace, startMillrace } from "../tests/support/millrace.ts";
import { generateArticle } from "./articles.ts";
import { type BenchServers, startBenchServers } from "./support/bench_servers.ts";
import { untilQuiet } from "./support/quiet.ts";
import { figure, print, printTable, writeResults } from "./support/report.ts";
import { quantile } from "./support/statistics.ts";
import { residentBytes } from "./support/usage.ts";

const MINUTES = Number(Deno.args[0] ?? 10);
const SOCKETS = Number(Deno.args[1] ?? 500);
/** Sockets replaced per second. */
const REPLACED = 10;
const SAMPLE_MS = 1_000;
/** Articles per import request, and the number of waiting articles above which the producer pauses. */
const CHUNK = 500;
const MOST_WAITING = 5_000;
/** Articles whose results are computed again at the end; the states and counts of all are compared. */
const RECOMPUTED = 100_000;
const MIB = 2 ** 20;

interface Sample {
  minute: number;
  megabytes: number;
  descriptors: number;
  /** The longest lag of the last 15 s, in milliseconds. */
  lag: number;
}

/** The injected faults: one every five seconds, in turn. */
const FAULTS: Record<string, (node: Millrace, servers: BenchServers) => Promise<unknown>> = {
  "connections of Redis cut": (_, { redis }) => redis.send(["CLIENT", "KILL", "TYPE", "pubsub"]),
  "connections of Postgres cut": (_, { sql }) =>
    sql`SELECT pg_terminate_backend(pid) FROM pg_stat_activity
      WHERE datname = current_database() AND pid <> pg_backend_pid() AND query NOT LIKE '%audit%'`,
  "an aborted import": async (node) => {
    const abort = new AbortController();
    const body = new ReadableStream<Uint8Array>({
      pull(controller) {
        controller.enqueue(new TextEncoder().encode(`{"title":"half`));
        abort.abort();
      },
    });
    const headers = { "content-type": "application/x-ndjson" };
    const init = { method: "POST", headers, body, signal: abort.signal };
    await node.fetch("/api/articles/import", init).catch(() => null); // the import aborts
  },
  "a hundred bad requests": (node) =>
    Promise.all(Array.from({ length: 100 }, async (_, i) => {
      const response = await node.fetch(`/api/articles/${"%00".repeat(i)}?x=${"<".repeat(i)}`);
      await response.body?.cancel();
    })),
  "a flooding socket": async () => {
    const socket = new WebSocket(STATUS_URL);
    const closed = new Promise((resolve) => socket.onclose = resolve);
    socket.onerror = () => {};
    socket.onopen = () => socket.send("x".repeat(1_000_000));
    await closed;
  },
  "pages and an export": async (node) => {
    for (const path of ["/", "/articles", "/failures", "/logs", "/events", "/api/events/export"]) {
      await (await node.fetch(path)).bytes();
    }
  },
};
const FAULT_MS = 5_000;

await using servers = await startBenchServers();
await using node = await startMillrace({
  env: { DATABASE_URL: servers.postgresUrl, REDIS_URL: servers.redisUrl },
});
const STATUS_URL = `${node.url.replace("http", "ws")}/ws/processor-status`;
await untilQuiet();

const samples: Sample[] = [];
const faults: Record<string, number> = {};
let imported = 0;
const began = performance.now();
const minutes = () => (performance.now() - began) / 60_000;
const isOver = () => minutes() >= MINUTES;

await Promise.all([produce(), churn(), disturb(), sample()]);
const rows = Array.from({ length: MINUTES }, (_, minute) => {
  const own = samples.filter((each) => Math.floor(each.minute) === minute);
  const of = (pick: (each: Sample) => number) => own.map(pick);
  return {
    minute: minute + 1,
    megabytes: quantile(of(({ megabytes }) => megabytes), 0.5),
    descriptors: quantile(of(({ descriptors }) => descriptors), 0.5),
    lag: Math.max(...of(({ lag }) => lag)),
  };
});
printTable(`A node over ${MINUTES} minutes with ${SOCKETS} sockets and faults`, rows, {
  "minute": ({ minute }) => figure(minute),
  "MiB, median": ({ megabytes }) => figure(megabytes),
  "descriptors, median": ({ descriptors }) => figure(descriptors),
  "longest lag, ms": ({ lag }) => figure(lag),
});
const seconds = minutes() * 60;
const { processed } = await audit({
  sql: servers.sql,
  articles: imported,
  broker: servers.redis,
  withinMs: 300_000,
  recomputed: RECOMPUTED,
});
print(`\n${figure(processed)} articles processed, ${figure(processed / seconds)} per second\n`);
await writeResults("soak", { minutes: MINUTES, sockets: SOCKETS, processed, faults, rows });

/** Imports as fast as the node accepts articles; repeats imports that a fault interrupted. */
async function produce() {
  while (!isOver()) {
    const articles = Array.from({ length: CHUNK }, (_, i) => generateArticle(imported + i));
    await importAll(node, articles);
    imported += CHUNK;
    while (Number(await servers.redis.send(["LLEN", "pending:articles"])) > MOST_WAITING) {
      await sleep(50);
    }
  }
}

/** Keeps the sockets open, and replaces the oldest ones every second. */
async function churn() {
  let open: WebSocket[] = [];
  const connect = async () => {
    const socket = new WebSocket(STATUS_URL);
    await new Promise((resolve) => socket.onopen = socket.onerror = resolve);
    if (socket.readyState === WebSocket.OPEN) open.push(socket);
  };
  while (!isOver()) {
    open = open.filter(({ readyState }) => readyState === WebSocket.OPEN);
    const missing = Math.min(50, SOCKETS - open.length + REPLACED);
    await Promise.all(Array.from({ length: missing }, connect));
    await sleep(1_000);
    for (const socket of open.splice(0, Math.max(0, open.length - SOCKETS))) socket.close();
  }
  for (const socket of open) socket.close();
}

async function disturb() {
  const list = Object.entries(FAULTS);
  for (let turn = 0; !isOver(); turn++) {
    const [name, happen] = list[turn % list.length]!;
    await happen(node, servers);
    faults[name] = (faults[name] ?? 0) + 1;
    await sleep(FAULT_MS);
  }
}

async function sample() {
  while (!isOver()) {
    const descriptors = [...Deno.readDirSync(`/proc/${node.pid}/fd`)].length;
    const metrics = await node.fetch("/metrics").then((response) => response.text());
    const lag = Number(/^millrace_event_loop_lag_seconds.* (\S+)$/m.exec(metrics)?.[1]) * 1_000;
    const megabytes = await residentBytes(node.pid) / MIB;
    samples.push({ minute: minutes(), megabytes, descriptors, lag });
    await sleep(SAMPLE_MS);
  }
}
