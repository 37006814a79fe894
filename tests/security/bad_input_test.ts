import assert from "node:assert/strict";
import { badRequest, createRandom, rawFrameBytes, rawRequestBytes } from "../support/bad_input.ts";
import { byForm, longForm, printMeasurement } from "../support/fault_form.ts";
import { type Millrace, startMillrace } from "../support/millrace.ts";
import { routesOnDisk } from "../support/routes_on_disk.ts";

const REQUESTS = byForm({ short: 400, long: 10_000 });
const RAW_REQUESTS = byForm({ short: 500, long: 20_000 });
const RAW_FRAMES = byForm({ short: 200, long: 2_000 });
const AT_ONCE = 8;
const SEED = Number(Deno.env.get("SEED") ?? Date.now() % 1_000_000);
/**
 * The maximum growth. A node on two cores grows by about 360 MB in 10,000 requests and by 390 MB in 20,000, once all
 * code has run and all threads have started, of which V8 keeps about 220 MB, and the allocator 120 MB.
 */
const MOST_GROWTH = 512 * 1024 * 1024;
/** The maximum growth in the second half of the requests, which a leak would exceed. */
const MOST_GROWTH_LATER = 128 * 1024 * 1024;
/** Without an answer for so long, a request has stalled the node. */
const ANSWER_MS = 60_000;
/** The maximum event loop lag in s; generous, because the machine may be busy. */
const MOST_LAG = longForm ? 0.25 : 5;

const random = createRandom(SEED);

/** Runs `work` the given number of times, partly concurrently. */
async function repeat(times: number, work: () => Promise<void>) {
  let left = times;
  await Promise.all(Array.from({ length: AT_ONCE }, async () => {
    while (left-- > 0) await work();
  }));
}

/** The node's recent maximum event loop lag, in s. */
async function lagOf(node: Millrace): Promise<number> {
  const metrics = await (await node.fetch("/metrics")).text();
  return Number(/^millrace_event_loop_lag_seconds\S* (\S+)$/m.exec(metrics)?.[1]);
}

/** Asserts that the node did not restart, is reachable, did not leak memory and was not blocked. */
async function assertWell(node: Millrace, pid: number, memory: number, what: string) {
  assert.equal(node.pid, pid);
  const lag = await lagOf(node);
  const growth = await node.memory() - memory;
  const grown = Math.round(growth / 1024 / 1024);
  printMeasurement(
    `${what}, seed ${SEED}: grown by ${grown} MB, blocked for ${Math.round(lag * 1_000)} ms`,
  );
  assert.ok(lag < MOST_LAG, `the event loop was blocked for ${lag} s`);
  assert.ok(growth < MOST_GROWTH, `the node has grown by ${growth} bytes`);
  assert.equal((await (await node.fetch("/readyz")).json()).success, true);
}

/** Sends bytes on a new connection and returns the start of the reply. */
async function exchange(node: Millrace, ...parts: Uint8Array[]): Promise<string> {
  using connection = await Deno.connect({ hostname: "127.0.0.1", port: node.port });
  const timer = setTimeout(() => connection.closeWrite().catch(() => {}), 200);
  const buffer = new Uint8Array(4_096);
  try {
    for (const part of parts) await connection.write(part);
    const length = await connection.read(buffer);
    return new TextDecoder("latin1").decode(buffer.subarray(0, length ?? 0));
  } catch {
    return ""; // A connection reset is a valid reply to such bytes.
  } finally {
    clearTimeout(timer);
  }
}

Deno.test("a node survives any input", async (t) => {
  await using node = await startMillrace();
  const { pid } = node;
  const host = `localhost:${node.port}`;
  const memory = await node.memory();
  const routes = await routesOnDisk();

  await t.step(
    `${REQUESTS} bad requests to every route: no 5xx without a logged cause`,
    async () => {
      const failed: { id: string; request: string }[] = [];
      const request = async () => {
        const { method, path, headers, body } = badRequest(random, routes);
        const signal = AbortSignal.timeout(ANSWER_MS);
        const init = { method, headers, body, redirect: "manual", signal } as const;
        const response = await node.fetch(path, init);
        if (response.status >= 500) {
          const id = response.headers.get("x-request-id") ?? "";
          failed.push({ id, request: `${method} ${path}: ${await response.text()}` });
        } else await response.body?.cancel();
      };
      await repeat(REQUESTS / 2, request);
      const half = await node.memory();
      await repeat(REQUESTS / 2, request);
      // In the short form, the second half still runs some code for the first time.
      const later = await node.memory() - half;
      if (longForm) assert.ok(later < MOST_GROWTH_LATER, `the second half added ${later} bytes`);
      // The log has the cause under the id of the request.
      const unexplained = failed.filter(({ id }) => id === "" || !node.log().includes(id));
      assert.deepEqual(unexplained, []);
      await assertWell(node, pid, memory, `${REQUESTS} bad requests, ${failed.length} failed`);
    },
  );

  await t.step(`${RAW_REQUESTS} malformed raw requests`, async () => {
    await repeat(RAW_REQUESTS, async () => {
      const reply = await exchange(node, rawRequestBytes(random, host));
      assert.doesNotMatch(reply, /^HTTP\/1\.1 5/);
    });
    await assertWell(node, pid, memory, `${RAW_REQUESTS} raw requests`);
  });

  await t.step(`${RAW_FRAMES} raw frames on the sockets`, async () => {
    const paths = ["/ws/processor-status", "/ws/processor-logs", "/ws/operations"];
    let turn = 0;
    await repeat(RAW_FRAMES, async () => {
      const handshake = `GET ${paths[turn++ % 3]} HTTP/1.1\r\nHost: ${host}\r\n` +
        "Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n" +
        "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n";
      await exchange(node, new TextEncoder().encode(handshake), rawFrameBytes(random));
    });
    await assertWell(node, pid, memory, `${RAW_FRAMES} raw frames`);
  });

  await t.step("an endless message is cut off without using memory", async () => {
    using connection = await Deno.connect({ hostname: "127.0.0.1", port: node.port });
    await connection.write(new TextEncoder().encode(
      `GET /ws/processor-status HTTP/1.1\r\nHost: ${host}\r\nConnection: Upgrade\r\n` +
        "Upgrade: websocket\r\nSec-WebSocket-Version: 13\r\n" +
        "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n",
    ));
    await connection.read(new Uint8Array(4_096));
    await assert.rejects(async () => {
      await connection.write(new Uint8Array([0x82, 0xff, 0, 0, 0, 16, 0, 0, 0, 0, 1, 2, 3, 4]));
      const megabyte = new Uint8Array(1024 * 1024);
      for (let sent = 0; sent < 200; sent++) await connection.write(megabyte);
    });
    await assertWell(node, pid, memory, "a message of 64 GB");
  });

  await t.step("a gzip bomb is rejected without blocking others", async () => {
    const zeros = new Blob([new Uint8Array(16 * 1024 * 1024).fill(0x0a)]);
    const packed = await new Response(zeros.stream().pipeThrough(new CompressionStream("gzip")))
      .bytes();
    const response = await node.fetch("/api/articles/import", {
      method: "POST",
      headers: { "content-type": "application/x-ndjson", "content-encoding": "gzip" },
      body: packed,
    });
    assert.equal(response.status, 400);
    assert.match((await response.json()).message, /more than 200 times its size/);
    await assertWell(node, pid, memory, `${packed.length} bytes of gzip for 16 MB`);
  });
});
