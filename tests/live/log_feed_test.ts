import assert from "node:assert/strict";
import type { LogLine } from "../../lib/wire/log_line.ts";
import { CHANNELS } from "../../lib/bus/bus.ts";
import { createMemoryBus } from "../../lib/bus/memory_bus.ts";
import { createLogFeed } from "../../lib/live/log_feed.ts";
import { eventually } from "../support/eventually.ts";

function lines(from: number, count: number): LogLine[] {
  return Array.from({ length: count }, (_, n) => ({
    type: "log",
    level: "info",
    message: `line ${from + n} ${"x".repeat(200)}`,
    timestamp: "2026-03-01T00:00:00.000Z",
    node: "a",
  }));
}

/** A fake socket that reads on request. */
function slowSocket() {
  const got: number[] = [];
  return {
    got,
    readyState: 1 as const,
    bufferedAmount: 0,
    send(text: string) {
      this.bufferedAmount += text.length;
      got.push(Number(/line (\d+)/.exec(text)![1]));
    },
    close() {},
    read() {
      this.bufferedAmount = 0;
    },
  };
}

const asLogged = (line: string) => line;
const upTo = (count: number) => Array.from({ length: count }, (_, n) => n);

function memoryBus() {
  return createMemoryBus({
    onError: (error) => {
      throw error;
    },
  });
}

Deno.test("a socket that resumes far back gets every line once, even if it reads slowly", async () => {
  await using bus = memoryBus();
  await bus.appendLogs(lines(0, 1_500));
  const feed = createLogFeed(bus, () => 0);
  await using _subscription = await bus.subscribe(CHANNELS.logs, feed.push);
  const socket = slowSocket();
  using _attached = await feed.attach(socket, 1, asLogged);
  assert.ok(socket.got.length < 500, "the watermark limits the buffer");

  await bus.appendLogs(lines(1_500, 100));
  await eventually(() => {
    socket.read();
    feed.check();
    assert.equal(socket.got.length, 1_600);
  });
  assert.deepEqual(socket.got, upTo(1_600));
});

Deno.test("a socket that comes back within ten thousand lines gets each that it missed", async () => {
  await using bus = memoryBus();
  const feed = createLogFeed(bus, () => 0);
  await using _subscription = await bus.subscribe(CHANNELS.logs, feed.push);
  await bus.appendLogs(lines(0, 1));
  const { lines: [seen] } = await bus.recentLogs({ limit: 1 });
  for (let from = 1; from < 9_000; from += 500) await bus.appendLogs(lines(from, 500));
  const socket = slowSocket();
  using _attached = await feed.attach(socket, seen!.id, asLogged);
  await eventually(() => {
    socket.read();
    feed.check();
    assert.equal(socket.got.length, 9_000);
  });
  assert.deepEqual(socket.got, upTo(9_001).slice(1));
});

Deno.test("a socket that is behind is served as it reads, although no further line comes", async () => {
  await using bus = memoryBus();
  const feed = createLogFeed(bus, () => 0);
  await using _subscription = await bus.subscribe(CHANNELS.logs, feed.push);
  const socket = slowSocket();
  using _attached = await feed.attach(socket, null, asLogged);
  await bus.appendLogs(lines(0, 2_000));
  await eventually(() => {
    socket.read();
    assert.equal(socket.got.length, 2_000);
  });
  assert.deepEqual(socket.got, upTo(2_000));
  feed.stop();
});

Deno.test("a new socket gets the last 200 lines, then each new one", async () => {
  await using bus = memoryBus();
  const feed = createLogFeed(bus, () => 0);
  await using _subscription = await bus.subscribe(CHANNELS.logs, feed.push);
  await bus.appendLogs(lines(0, 300));
  const socket = slowSocket();
  using _attached = await feed.attach(socket, null, asLogged);
  await bus.appendLogs(lines(300, 5));
  await eventually(() => {
    socket.read();
    feed.check();
    assert.equal(socket.got.length, 205);
  });
  assert.deepEqual(socket.got, upTo(305).slice(100));
});

Deno.test("an id beyond the last line does not stop the log", async () => {
  await using bus = memoryBus();
  const feed = createLogFeed(bus, () => 0);
  await using _subscription = await bus.subscribe(CHANNELS.logs, feed.push);
  await bus.appendLogs(lines(0, 3));
  const socket = slowSocket();
  using _attached = await feed.attach(socket, Number.MAX_SAFE_INTEGER, asLogged);
  await bus.appendLogs(lines(3, 2));
  await eventually(() => assert.deepEqual(socket.got, [3, 4]));
});

Deno.test("each socket gets the lines in the wording of its reader", async () => {
  await using bus = memoryBus();
  const feed = createLogFeed(bus, () => 0);
  await using _subscription = await bus.subscribe(CHANNELS.logs, feed.push);
  await bus.appendLogs(lines(0, 1));
  const [one, other] = [slowSocket(), slowSocket()];
  using _one = await feed.attach(one, null, asLogged);
  using _other = await feed.attach(other, null, (line) => line.replace(/line /, "line 7"));
  await bus.appendLogs(lines(1, 1));
  assert.deepEqual([one.got, other.got], [[0, 1], [70, 71]]);
});
