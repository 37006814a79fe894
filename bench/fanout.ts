// One stream of statuses to very many sockets: a web node of Millrace beside Node's `ws`, Socket.IO and
// Deno alone, all on one Redis, the sockets in a process of their own.
//
//   deno task bench fanout [sockets…]

import { type Hall, openMillrace, openPeer } from "./contenders/hall.ts";
import { type Audience, startAudience } from "./support/audience.ts";
import { untilQuiet } from "./support/quiet.ts";
import { figure, print, printTable, writeResults } from "./support/report.ts";
import { createStatusSource, type StatusSource } from "./support/status_source.ts";
import { startStand } from "./support/stand.ts";
import { countedQuantile } from "./support/statistics.ts";
import { cpuSeconds, residentBytes } from "./support/usage.ts";

const SIZES = Deno.args.length > 0 ? Deno.args.map(Number) : [1_000, 5_000, 10_000];
/** Sockets that are there before the memory of the others is measured. */
const FIRST = 10;
const IDLE = { everyMs: 500, count: 8 };
/** What a cluster at work publishes. */
const FULL = { everyMs: 53, count: 100 };
const MOST_MS = 4_000;
const SETTLE_MS = 1_000;

const WEBSOCKET = { address: "/", speaks: "websocket" } as const;
const SOCKET_IO = {
  address: "/socket.io/?EIO=4&transport=websocket",
  speaks: "socket.io",
} as const;
const CONTENDERS = [
  { name: "Millrace", open: openMillrace },
  { name: "ws 8.23, Node", open: openPeer("ws", "node", WEBSOCKET) },
  { name: "Socket.IO 4.8, Node", open: openPeer("socket_io", "node", SOCKET_IO) },
  { name: "Deno alone", open: openPeer("deno_serve", "deno", WEBSOCKET) },
];

/** What came of a run of statuses. */
interface Heard {
  deliveries: number;
  deliveriesASecond: number;
  /** Seconds of processor time of the server for a million deliveries, and the cores it used. */
  cpuAMillion: number;
  cores: number;
  /** From a status being published to its being seen, or a later one; milliseconds. */
  p50: number;
  p99: number;
}

interface Row {
  name: string;
  sockets: number;
  bytesASocket: number;
  idle: Heard;
  full: Heard;
  most: Heard;
}

const rows: Row[] = [];
await using stand = await startStand();
const source = createStatusSource(stand.redis);
for (const sockets of SIZES) {
  for (const { name, open } of CONTENDERS) {
    await using hall = await open(stand);
    await untilQuiet();
    const row = { name, sockets, ...await measure(hall, sockets) };
    rows.push(row);
    print(`${name}, ${figure(sockets)} sockets: full p99 ${figure(row.full.p99)} ms\n`);
  }
}

const columns = {
  "": ({ name }: Row) => name,
  "sockets": ({ sockets }: Row) => figure(sockets),
};
printTable("Nineteen statuses a second, as a cluster at work publishes them", rows, {
  ...columns,
  "p50 ms": ({ full }) => figure(full.p50),
  "p99 ms": ({ full }) => figure(full.p99),
  "deliveries/s": ({ full }) => figure(full.deliveriesASecond),
  "cores": ({ full }) => figure(full.cores, 2),
  "× Millrace's": (row) => ratio(row, ({ full }) => full.cores),
  "idle p99 ms": ({ idle }) => figure(idle.p99, 1),
});
printTable("As many as it can, the next when all have one", rows, {
  ...columns,
  "deliveries/s": ({ most }) => figure(most.deliveriesASecond),
  "CPU s a million": ({ most }) => figure(most.cpuAMillion, 1),
  "× Millrace's": (row) => ratio(row, ({ most }) => most.cpuAMillion),
  "KiB a socket": ({ bytesASocket }) => figure(bytesASocket / 1_024, 1),
  "× Millrace's ": (row) => ratio(row, ({ bytesASocket }) => bytesASocket),
});
await writeResults("fanout", { messageBytes: source.bytes, rows });

async function measure(hall: Hall, sockets: number) {
  await using audience = await startAudience(hall, sockets);
  await seeOne(audience, source);
  const before = await residentBytes(hall.pid);
  await audience.fill();
  await seeOne(audience, source);
  const bytesASocket = (await residentBytes(hall.pid) - before) / (sockets - FIRST);
  const run = (work: () => Promise<void>) => listen(hall, audience, work);
  return {
    bytesASocket,
    idle: await run(() => publishEvery(IDLE)),
    full: await run(() => publishEvery(FULL)),
    most: await run(() => publishClosely(audience)),
  };
}

async function seeOne(audience: Audience, source: StatusSource) {
  await audience.untilSeen(source.publish());
  await pause(SETTLE_MS);
}

/** Measures from the first status until all have seen the last. */
async function listen(hall: Hall, audience: Audience, work: () => Promise<void>): Promise<Heard> {
  await audience.begin();
  const cpu = await cpuSeconds(hall.pid);
  const began = performance.now();
  await work();
  await audience.untilSeen(source.last());
  const seconds = (performance.now() - began) / 1_000;
  const spent = await cpuSeconds(hall.pid) - cpu;
  const { deliveries, delays } = await audience.report();
  return {
    deliveries,
    deliveriesASecond: deliveries / seconds,
    cpuAMillion: spent / deliveries * 1e6,
    cores: spent / seconds,
    p50: countedQuantile(delays, 0.5),
    p99: countedQuantile(delays, 0.99),
  };
}

async function publishEvery({ everyMs, count }: { everyMs: number; count: number }) {
  const began = performance.now();
  for (let sent = 0; sent < count; sent++) {
    await pause(Math.max(0, began + sent * everyMs - performance.now()));
    source.publish();
  }
}

/** Keeps two on their way for a while. */
async function publishClosely(audience: Audience) {
  const began = performance.now();
  for (let earlier = source.publish(); performance.now() - began < MOST_MS;) {
    const later = source.publish();
    await audience.untilSeen(earlier);
    earlier = later;
  }
}

function ratio(row: Row, of: (row: Row) => number): string {
  const ours = rows.find(({ name, sockets }) => name === "Millrace" && sockets === row.sockets)!;
  return figure(of(row) / of(ours), 2);
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
