import assert from "node:assert/strict";
import { FakeTime } from "../support/fake_time.ts";
import { WATERMARK_BYTES } from "../../lib/live/connection.ts";
import { createStatusFeed } from "../../lib/live/status_feed.ts";
import { recordingSocket } from "../support/recording_socket.ts";

Deno.test("a new socket gets the newest status at once", () => {
  const feed = createStatusFeed(() => 0);
  feed.push("first");
  feed.push("second");
  const socket = recordingSocket();
  using _ = feed.attach(socket);
  feed.stop();
  assert.deepEqual(socket.sent, ["second"]);
});

Deno.test("a status goes out at once when nothing went out lately", () => {
  using time = new FakeTime();
  const feed = createStatusFeed(time.now);
  const sockets = Array.from({ length: 1_000 }, recordingSocket);
  for (const socket of sockets) feed.attach(socket);
  feed.push("one");
  assert.deepEqual(sockets[999]?.sent, ["one"]);
  feed.stop();
});

Deno.test("under load a thousand sockets get the last state of each window, and the last of all", () => {
  using time = new FakeTime();
  const feed = createStatusFeed(time.now);
  const sockets = Array.from({ length: 1_000 }, recordingSocket);
  for (const socket of sockets) feed.attach(socket);
  for (let at = 0; at < 100; at++) {
    feed.push(`status ${at}`);
    time.pass(1);
  }
  time.pass(1_000);
  const sent = sockets[0]!.sent;
  assert.equal(sent.at(-1), "status 99");
  // 1,000 sockets at 10 µs a write and half a core allow one round each 20 ms.
  assert.ok(sent.length >= 5 && sent.length <= 7, `${sent.length} rounds`);
});

Deno.test("a socket that was too slow is brought to the newest state, never the backlog", () => {
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

Deno.test("a detached socket is sent nothing more", () => {
  const feed = createStatusFeed(() => 0);
  const socket = recordingSocket();
  feed.attach(socket)[Symbol.dispose]();
  feed.push("late");
  assert.deepEqual(socket.sent, []);
  assert.equal(feed.size(), 0);
});
