import assert from "node:assert/strict";
import { FakeTime } from "../support/fake_time.ts";
import { CLOSE_CODES } from "../../lib/wire/close_codes.ts";
import { WATERMARK_BYTES } from "../../lib/live/socket_backpressure.ts";
import { createStatusFeed } from "../../lib/live/status_feed.ts";
import { fakeClock, recordingSocket } from "../support/recording_socket.ts";

Deno.test("a new socket gets the latest status immediately", () => {
  const feed = createStatusFeed(() => 0);
  feed.push("first");
  feed.push("second");
  const socket = recordingSocket();
  using _ = feed.attach(socket);
  feed.stop();
  assert.deepEqual(socket.sent, ["second"]);
});

Deno.test("a status is sent immediately if none was sent recently", () => {
  using time = new FakeTime();
  const feed = createStatusFeed(time.now);
  const sockets = Array.from({ length: 1_000 }, recordingSocket);
  for (const socket of sockets) feed.attach(socket);
  feed.push("one");
  assert.deepEqual(sockets[999]?.sent, ["one"]);
  feed.stop();
});

/** The statuses that each of `count` sockets receives, with one status per millisecond for a second. */
function underLoad(count: number): string[] {
  using time = new FakeTime();
  const feed = createStatusFeed(time.now);
  const sockets = Array.from({ length: count }, recordingSocket);
  for (const socket of sockets) feed.attach(socket);
  for (let at = 0; at < 1_000; at++) {
    feed.push(`status ${at}`);
    time.pass(1);
  }
  time.pass(1_000);
  const [first, ...others] = sockets;
  for (const other of others) assert.deepEqual(other.sent, first!.sent);
  assert.equal(time.waiting, 0);
  return first!.sent;
}

Deno.test("under load, sockets get the last status of each 50 ms, and the final one", () => {
  const sent = underLoad(10);
  assert.deepEqual(sent.slice(0, 4), ["status 0", "status 1", "status 49", "status 99"]);
  assert.equal(sent.at(-1), "status 999");
  assert.ok(sent.length >= 20 && sent.length <= 22, `${sent.length} rounds`);
});

Deno.test("the window grows with the number of sockets, so that writing uses less than half a core", () => {
  // At 10 µs per write, ten thousand sockets take 100 ms per round.
  const sent = underLoad(10_000);
  assert.deepEqual(sent.slice(0, 4), ["status 0", "status 1", "status 199", "status 399"]);
  assert.equal(sent.at(-1), "status 999");
  assert.ok(sent.length >= 6 && sent.length <= 7, `${sent.length} rounds`);
});

Deno.test("at most two statuses are buffered per socket, however small", () => {
  const clock = fakeClock();
  const feed = createStatusFeed(clock.now);
  const socket = recordingSocket();
  socket.send = (message) => {
    socket.sent.push(String(message));
    socket.bufferedAmount += String(message).length;
  };
  using _ = feed.attach(socket);
  for (let at = 0; at < 10; at++) {
    feed.push(`status ${at}`);
    clock.pass(1_000);
  }
  assert.deepEqual(socket.sent, ["status 0", "status 1"]);
  socket.bufferedAmount = 0;
  feed.check();
  assert.deepEqual(socket.sent.slice(2), ["status 9"]);
  feed.stop();
});

Deno.test("a socket closed for being slow is removed", () => {
  const clock = fakeClock();
  const feed = createStatusFeed(clock.now);
  const socket = recordingSocket();
  feed.attach(socket);
  socket.bufferedAmount = WATERMARK_BYTES + 1;
  feed.push("one");
  feed.check();
  assert.equal(feed.size(), 1);
  clock.pass(30_000);
  feed.check();
  assert.equal(socket.closed?.code, CLOSE_CODES.tooSlow);
  assert.equal(feed.size(), 0);
  feed.stop();
});

Deno.test("a slow socket gets the latest status, never a backlog", () => {
  const feed = createStatusFeed(() => 0);
  const socket = recordingSocket();
  using _ = feed.attach(socket);
  socket.bufferedAmount = WATERMARK_BYTES + 1;
  for (let at = 0; at < 10; at++) feed.push(`status ${at}`);
  feed.check();
  assert.deepEqual(socket.sent, []);
  socket.bufferedAmount = 0;
  feed.check();
  feed.check();
  assert.deepEqual(socket.sent, ["status 9"]);
  feed.stop();
});

Deno.test("a detached socket receives no more messages", () => {
  const feed = createStatusFeed(() => 0);
  const socket = recordingSocket();
  feed.attach(socket)[Symbol.dispose]();
  feed.push("late");
  assert.deepEqual(socket.sent, []);
  assert.equal(feed.size(), 0);
});
