// Fan-out of statuses to thousands of sockets: a web node of Millrace compared with Node's `ws`, Socket.IO
// and plain Deno, all on one Redis; the client sockets are in a separate process.
//
//   deno task bench fanout [sockets…]

import { sleep } from "../lib/runtime/sleep.ts";
import {
  type BroadcastServer,
  startMillraceBroadcast,
  startPeerBroadcast,
} from "./systems/broadcast_servers.ts";
import { connectSockets, type SocketClients } from "./support/socket_clients.ts";
import { untilQuiet } from "./support/quiet.ts";
import { figure, print, printTable, writeResults } from "./support/report.ts";
import { createStatusSource, type StatusSource } from "./support/status_source.ts";
import { startBenchServers } from "./support/bench_servers.ts";
import { countedQuantile } from "./support/statistics.ts";
import { cpuSeconds, residentBytes } from "./support/usage.ts";

const SIZES = Deno.args.length > 0 ? Deno.args.map(Number) : [1_000, 5_000, 10_000];
/** Sockets that are open before the memory of the others is measured. */
const FIRST = 10;
const IDLE = { everyMs: 500, count: 8 };
/** The publishing rate of a cluster under load. */
const FULL = { everyMs: 53, count: 100 };
const MOST_MS = 4_000;
const SETTLE_MS = 1_000;

const WEBSOCKET = { address: "/", protocol: "websocket" } as const;
const SOCKET_IO = {
  address: "/socket.io/?EIO=4&transport=websocket",
  protocol: "socket.io",
} as const;
const SYSTEMS = [
  { name: "Millrace", open: startMillraceBroadcast },
  { name: "ws 8.23, Node", open: startPeerBroadcast("ws", "node", WEBSOCKET) },
  { name: "Socket.IO 4.8, Node", open: startPeerBroadcast("socket_io", "node", SOCKET_IO) },
  { name: "Deno alone", open: startPeerBroadcast("deno_serve", "deno", WEBSOCKET) },
];

/** The result of one run. */
interface Deliveries {
  deliveries: number;
  deliveriesASecond: number;
  /** CPU seconds of the server per million deliveries, and the cores it used. */
  cpuAMillion: number;
  cores: number;
  /** Milliseconds from publishing a status until a client has it or a later one. */
  p50: number;
  p99: number;
}

interface Row {
  name: string;
  sockets: number;
  bytesASocket: number;
  idle: Deliveries;
  full: Deliveries;
  most: Deliveries;
}

const rows: Row[] = [];
await using servers = await startBenchServers();
const source = createStatusSource(servers.redis);
for (const sockets of SIZES) {
  for (const { name, open } of SYSTEMS) {
    await using server = await open(servers);
    await untilQuiet();
    const row = { name, sockets, ...await measure(server, sockets) };
    rows.push(row);
    print(`${name}, ${figure(sockets)} sockets: full p99 ${figure(row.full.p99)} ms\n`);
  }
}

const columns = {
  "": ({ name }: Row) => name,
  "sockets": ({ sockets }: Row) => figure(sockets),
};
printTable("Nineteen statuses per second, a busy cluster's rate", rows, {
  ...columns,
  "p50 ms": ({ full }) => figure(full.p50),
  "p99 ms": ({ full }) => figure(full.p99),
  "deliveries/s": ({ full }) => figure(full.deliveriesASecond),
  "cores": ({ full }) => figure(full.cores, 2),
  "× Millrace's": (row) => ratio(row, ({ full }) => full.cores),
  "idle p99 ms": ({ idle }) => figure(idle.p99, 1),
});
printTable("Maximum throughput: the next status once all sockets have the last", rows, {
  ...columns,
  "deliveries/s": ({ most }) => figure(most.deliveriesASecond),
  "CPU s a million": ({ most }) => figure(most.cpuAMillion, 1),
  "× Millrace's": (row) => ratio(row, ({ most }) => most.cpuAMillion),
  "KiB a socket": ({ bytesASocket }) => figure(bytesASocket / 1_024, 1),
  "× Millrace's ": (row) => ratio(row, ({ bytesASocket }) => bytesASocket),
});
await writeResults("fanout", { messageBytes: source.bytes, rows });

async function measure(server: BroadcastServer, sockets: number) {
  await using clients = await connectSockets(server, sockets);
  await deliverOne(clients, source);
  const before = await residentBytes(server.pid);
  await clients.connectAll();
  await deliverOne(clients, source);
  const bytesASocket = (await residentBytes(server.pid) - before) / (sockets - FIRST);
  const run = (work: () => Promise<void>) => measureRun(server, clients, work);
  return {
    bytesASocket,
    idle: await run(() => publishEvery(IDLE)),
    full: await run(() => publishEvery(FULL)),
    most: await run(() => publishBackToBack(clients)),
  };
}

async function deliverOne(clients: SocketClients, source: StatusSource) {
  await clients.untilSeen(source.publish());
  await sleep(SETTLE_MS);
}

/** Measures from the first status until every client has seen the last one. */
async function measureRun(
  server: BroadcastServer,
  clients: SocketClients,
  work: () => Promise<void>,
): Promise<Deliveries> {
  await clients.resetCounts();
  const cpu = await cpuSeconds(server.pid);
  const began = performance.now();
  await work();
  await clients.untilSeen(source.last());
  const seconds = (performance.now() - began) / 1_000;
  const spent = await cpuSeconds(server.pid) - cpu;
  const { deliveries, delays } = await clients.report();
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
    await sleep(Math.max(0, began + sent * everyMs - performance.now()));
    source.publish();
  }
}

/** Keeps two statuses in flight for a while. */
async function publishBackToBack(clients: SocketClients) {
  const began = performance.now();
  for (let earlier = source.publish(); performance.now() - began < MOST_MS;) {
    const later = source.publish();
    await clients.untilSeen(earlier);
    earlier = later;
  }
}

function ratio(row: Row, of: (row: Row) => number): string {
  const ours = rows.find(({ name, sockets }) => name === "Millrace" && sockets === row.sockets)!;
  return figure(of(row) / of(ours), 2);
}
