import assert from "node:assert/strict";
import { SOCKETS_PER_ADDRESS } from "../../lib/auth/socket_quota.ts";
import { CHANNELS } from "../../lib/bus/bus.ts";
import { CLOSE_CODES } from "../../lib/live/close_codes.ts";
import { WATERMARK_BYTES } from "../../lib/live/connection.ts";
import { eventually } from "../support/eventually.ts";
import { byForm, tell } from "../support/fault_form.ts";
import type { Millrace } from "../support/millrace.ts";
import {
  type NarrowNetwork,
  type NarrowSocket,
  openNarrowNetwork,
} from "../support/narrow_socket.ts";
import { openSocketClient } from "../support/socket_client.ts";
import { onStage, setStage, type Stage } from "../support/stage.ts";

const PATH = "/ws/processor-status";
const MUTE = 1_000;
const SLOW = 20;
const WAVES = byForm({ short: 1, long: 3 });
const OPENED_AT_ONCE = 20;
/** As often as a cluster at work publishes. */
const EVERY_MS = 53;
/** A status of many nodes. */
const STATUS_BYTES = 4_096;
/** What a slow socket reads in each `EVERY_MS`. */
const SIP_BYTES = 1_024;
/** Half a minute without reading, after the buffers are full, on a machine that does other things. */
const CUT_WITHIN_MS = 60_000;
/** Ten seconds' worth: this is about being held up, not about speed. */
const MOST_BEHIND = 200;
/** Deno pays some four times what it queues, and does not give it back. */
const MOST_GROWTH = MUTE * WATERMARK_BYTES * 4 + 64 * 2 ** 20;

/** Publishes statuses until it is ended, and says which was the last. */
function publishStatuses({ broker }: Stage) {
  let seq = 0;
  const timer = setInterval(() => {
    const status = JSON.stringify({ seq: ++seq, nodes: ["x".repeat(STATUS_BYTES)] });
    void broker.send(["PUBLISH", CHANNELS.status, status]);
  }, EVERY_MS);
  return { last: () => seq, [Symbol.dispose]: () => clearInterval(timer) };
}

/** A viewer as a browser has it; `seen` is the number of the newest status that it was sent. */
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

/** The number of a status of this test; the node's own ones have far higher ones. */
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
  ...onStage(
    "a thousand sockets that never read cost no more than their watermark, are cut off with their code, and hold up nobody",
  ),
  async fn() {
    await using stage = await setStage();
    const node = await stage.node("web");
    using network = openNarrowNetwork();
    await using viewer = await openViewer(node);
    using statuses = publishStatuses(stage);
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
      tell(
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
          assert.ok((seqOf(socket.last ?? "") ?? 0) >= published, "a slow socket has old news");
        }
      });
      const texts = Math.max(...slow.map(({ texts }) => texts));
      assert.ok(texts < (statuses.last() - first) * 0.9, "a slow socket was sent a backlog");
    }
  },
});

/** An address of this machine that has a limit, for those of its own have none. */
const outward = Deno.networkInterfaces()
  .find(({ family, address }) => family === "IPv4" && !address.startsWith("127."))?.address;

const limited = onStage(
  `an address has ${SOCKETS_PER_ADDRESS} sockets, and another one for each that leaves` +
    (outward === undefined ? " (skipped: this machine has no address but its own)" : ""),
);

Deno.test({
  name: limited.name,
  ignore: limited.ignore || outward === undefined,
  async fn() {
    const ADMIN_TOKEN = "a-token-for-this-test-alone";
    await using stage = await setStage();
    const node = await stage.node("web", { HOSTNAME: "0.0.0.0", ADMIN_TOKEN });
    await using sockets = new AsyncDisposableStack();
    const open = async () => {
      const headers = { authorization: `Bearer ${ADMIN_TOKEN}` };
      const url = `http://${outward}:${node.port}${PATH}`;
      return sockets.use(await openSocketClient(url, headers));
    };
    const [first] = await Promise.all(Array.from({ length: SOCKETS_PER_ADDRESS }, open));
    await first!.next();
    assert.equal((await (await open()).closed).code, CLOSE_CODES.tooMany);
    await first![Symbol.asyncDispose]();
    await eventually(async () => await (await open()).next());
    assert.equal((await (await open()).closed).code, CLOSE_CODES.tooMany);
  },
});
