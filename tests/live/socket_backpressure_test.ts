import assert from "node:assert/strict";
import { CLOSE_CODES } from "../../lib/wire/close_codes.ts";
import { createConnection, WATERMARK_BYTES } from "../../lib/live/socket_backpressure.ts";
import { fakeClock, recordingSocket } from "../support/recording_socket.ts";

Deno.test("offer() sends while the socket is below the watermark", () => {
  const socket = recordingSocket();
  const connection = createConnection(socket, () => 0);
  assert.equal(connection.offer("one"), true);
  assert.deepEqual(socket.sent, ["one"]);
});

Deno.test("offer() returns false above the watermark, and does not queue", () => {
  const socket = recordingSocket();
  const connection = createConnection(socket, () => 0);
  socket.bufferedAmount = WATERMARK_BYTES + 1;
  assert.equal(connection.offer("one"), false);
  assert.deepEqual(socket.sent, []);
  socket.bufferedAmount = 0;
  assert.equal(connection.offer("two"), true);
});

Deno.test("check() closes a socket that has not read for half a minute, with a code", () => {
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

Deno.test("check() keeps a socket that has read in the meantime", () => {
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

Deno.test("a closed socket is not written to or closed again", () => {
  const socket = recordingSocket();
  const connection = createConnection(socket, () => 0);
  socket.readyState = WebSocket.CLOSED;
  assert.equal(connection.offer("one"), false);
  connection.close(CLOSE_CODES.goingAway, "bye");
  assert.equal(socket.closed, null);
});
