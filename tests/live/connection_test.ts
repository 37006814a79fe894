import assert from "node:assert/strict";
import { CLOSE_CODES } from "../../lib/live/close_codes.ts";
import { createConnection, WATERMARK_BYTES } from "../../lib/live/connection.ts";
import { fakeClock, recordingSocket } from "../support/recording_socket.ts";

Deno.test("offer() sends while the socket reads", () => {
  const socket = recordingSocket();
  const connection = createConnection(socket, () => 0);
  assert.equal(connection.offer("one"), true);
  assert.deepEqual(socket.sent, ["one"]);
});

Deno.test("offer() refuses, and queues nothing, above the watermark", () => {
  const socket = recordingSocket();
  const connection = createConnection(socket, () => 0);
  socket.bufferedAmount = WATERMARK_BYTES + 1;
  assert.equal(connection.offer("one"), false);
  assert.deepEqual(socket.sent, []);
  socket.bufferedAmount = 0;
  assert.equal(connection.offer("two"), true);
});

Deno.test("check() cuts a socket off that has not read for half a minute, with its code", () => {
  const socket = recordingSocket();
  const clock = fakeClock();
  const connection = createConnection(socket, clock.now);
  socket.bufferedAmount = WATERMARK_BYTES + 1;
  connection.check();
  clock.pass(29_999);
  connection.check();
  assert.equal(socket.closed, null);
  clock.pass(1);
  connection.check();
  assert.deepEqual(socket.closed, { code: CLOSE_CODES.tooSlow, reason: "too slow" });
});

Deno.test("check() forgives a socket that has read in between", () => {
  const socket = recordingSocket();
  const clock = fakeClock();
  const connection = createConnection(socket, clock.now);
  socket.bufferedAmount = WATERMARK_BYTES + 1;
  connection.check();
  clock.pass(20_000);
  socket.bufferedAmount = 0;
  connection.check();
  socket.bufferedAmount = WATERMARK_BYTES + 1;
  clock.pass(20_000);
  connection.check();
  assert.equal(socket.closed, null);
});

Deno.test("a closed socket is neither written to nor closed again", () => {
  const socket = recordingSocket();
  const connection = createConnection(socket, () => 0);
  socket.readyState = WebSocket.CLOSED;
  assert.equal(connection.offer("one"), false);
  connection.close(CLOSE_CODES.goingAway, "bye");
  assert.equal(socket.closed, null);
});
