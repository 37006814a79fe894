import assert from "node:assert/strict";
import { SOCKETS_PER_ADDRESS } from "../../lib/auth/socket_quota.ts";
import { CHANNELS } from "../../lib/bus/bus.ts";
import { CLOSE_CODES } from "../../lib/wire/close_codes.ts";
import { WATERMARK_BYTES } from "../../lib/live/socket_backpressure.ts";
import { eventually } from "../support/eventually.ts";
import { byForm, printMeasurement } from "../support/fault_form.ts";
import type { Millrace } from "../support/millrace.ts";
import {
  type NarrowNetwork,
  type NarrowSocket,
  openNarrowNetwork,
} from "../support/narrow_socket.ts";
import { openSocketClient } from "../support/socket_client.ts";
import { startTestCluster, type TestCluster, withServers } from "../support/test_cluster.ts";

const PATH = "/ws/processor-status";
const MUTE = 1_000;
const SLOW = 20;
const WAVES = byForm({ short: 1, long: 3 });
const OPENED_AT_ONCE = 20;
/** The publishing interval of a busy cluster. */
const EVERY_MS = 53;
/** A status of many nodes. */
const STATUS_BYTES = 4_096;
/** The bytes that a slow socket reads per `EVERY_MS`. */
const SIP_BYTES = 1_024;
/** Half a minute without reading after the buffers are full, plus slack for a busy machine. */
const CUT_WITHIN_MS = 60_000;
/** Ten seconds of statuses: this checks for blocking, not for speed. */
const MOST_BEHIND = 200;
/** Deno allocates about four times the queued bytes, and does not release the memory. */
const MOST_GROWTH = MUTE * WATERMARK_BYTES * 4 + 64 * 2 ** 20;

/** Publishes statuses until disposed; returns the number of the last one. */
function publishStatuses({ broker }: TestCluster) {
  let seq = 0;
  const timer = setInterval(() => {
    const status = JSON.stringify({ seq: ++seq, nodes: ["x".repeat(STATUS_BYTES)] });
    void broker.send(["PUBLISH", CHANNELS.status, status]);
  }, EVERY_MS);
  return { last: () => seq, [Symbol.dispose]: () => clearInterval(timer) };
}

/** A viewer like a browser; `seen` is the number of the newest received status. */
async function openViewer(node: Millrace) {
  const socket = new WebSocket(`ws://127.0.0.1:${node.port}${PATH}`);
  const closed = new Promise((resolve) => socket.onclose = resolve);
  let seen = 0;
  socket.onmessage = ({ data }) => seen = seqOf(String(data)) ?? seen;
  await new Promise((resolve) => socket.onopen = resolve);
  return {
    seen: () => seen,
    async [Symbol.asyncDispose]() {
      socket.close();
      await closed;
    },
  };
}

/** The number of a status from this test; the node's own statuses have much higher numbers. */
function seqOf(status: string): number | null {
  const seq = Number(/"seq":(\d{1,9})\D/.exec(status)?.[1]);
  return Number.isNaN(seq) ? null : seq;
}

async function openMany(network: NarrowNetwork, port: number, count: number) {
  const sockets: NarrowSocket[] = [];
  while (sockets.length < count) {
    const some = Array.from({ length: OPENED_AT_ONCE }, () => network.open(port, PATH));
    sockets.push(...await Promise.all(some));
  }
  return sockets;
}

function readAll(socket: NarrowSocket) {
  while (socket.read(Infinity) > 0);
}

async function socketsOf(node: Millrace): Promise<number> {
  const text = await (await node.fetch("/metrics")).text();
  return Number(/^millrace_sockets (\d+)/m.exec(text)?.[1]);
}

const MB = (bytes: number) => `${Math.round(bytes / 2 ** 20)} MB`;

Deno.test({
  ...withServers(
    "a thousand sockets that never read use bounded memory, are closed with their code, and do not block others",
  ),
  async fn() {
    await using cluster = await startTestCluster();
    const node = await cluster.startNode("web");
    using network = openNarrowNetwork();
    await using viewer = await openViewer(node);
    using statuses = publishStatuses(cluster);
    await eventually(() => assert.ok(viewer.seen() > 0));
    const before = await node.memory();

    for (let wave = 1; wave <= WAVES; wave++) {
      const first = statuses.last();
      using sockets = new DisposableStack();
      const slow = await openMany(network, node.port, SLOW);
      const mute = await openMany(network, node.port, MUTE);
      for (const socket of [...slow, ...mute]) sockets.use(socket);
      const sipping = setInterval(() => {
        for (const socket of slow) socket.read(SIP_BYTES);
      }, EVERY_MS);
      sockets.defer(() => clearInterval(sipping));

      const opened = Date.now();
      const connected = await node.memory();
      let most = connected;
      let behind = 0;
      await eventually(async () => {
        most = Math.max(most, await node.memory());
        behind = Math.max(behind, statuses.last() - viewer.seen());
        assert.equal(await socketsOf(node), SLOW + 1);
      }, CUT_WITHIN_MS);
      printMeasurement(
        `wave ${wave}: ${MB(before)} before, ${MB(connected)} with ${MUTE} sockets, ` +
          `${MB(most)} at most; cut off after ${Date.now() - opened} ms; ` +
          `another viewer was ${behind} statuses behind at most`,
      );
      assert.ok(most - before < MOST_GROWTH, `it grew by ${MB(most - before)}`);
      assert.ok(behind < MOST_BEHIND, `a viewer was ${behind} statuses behind`);

      await eventually(() => {
        readAll(mute[0]!);
        assert.equal(mute[0]!.closedWith, CLOSE_CODES.tooSlow);
      });
      const published = statuses.last();
      await eventually(() => {
        for (const socket of slow) {
          readAll(socket);
          assert.ok(
            (seqOf(socket.last ?? "") ?? 0) >= published,
            "a slow socket has an outdated status",
          );
        }
      });
      const texts = Math.max(...slow.map(({ texts }) => texts));
      assert.ok(texts < (statuses.last() - first) * 0.9, "a slow socket was sent a backlog");
    }
  },
});

/** A non-loopback address of this machine, because loopback has no limit. */
const outward = Deno.networkInterfaces()
  .find(({ family, address }) => family === "IPv4" && !address.startsWith("127."))?.address;

const limited = withServers(
  `an address can open ${SOCKETS_PER_ADDRESS} sockets, and another one for each that closes` +
    (outward === undefined ? " (skipped: only loopback addresses are available)" : ""),
);

Deno.test({
  name: limited.name,
  ignore: limited.ignore || outward === undefined,
  async fn() {
    const ADMIN_TOKEN = "a-token-for-this-test-alone";
    await using cluster = await startTestCluster();
    const node = await cluster.startNode("web", { LISTEN: "0.0.0.0", ADMIN_TOKEN });
    await using sockets = new AsyncDisposableStack();
    const open = async () => {
      const headers = { authorization: `Bearer ${ADMIN_TOKEN}` };
      const url = `http://${outward}:${node.port}${PATH}`;
      return sockets.use(await openSocketClient(url, headers));
    };
    const [first] = await Promise.all(Array.from({ length: SOCKETS_PER_ADDRESS }, open));
    await first!.next();
    await assert.rejects(open(), /429/);
    await first![Symbol.asyncDispose]();
    await eventually(async () => await (await open()).next());
    await assert.rejects(open(), /429/);
  },
});
