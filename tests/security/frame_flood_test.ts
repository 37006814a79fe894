import assert from "node:assert/strict";
import { getLogger } from "@logtape/logtape";
import { type Front, openFront } from "../../lib/http/front/front.ts";
import { FrontSocket } from "../../lib/http/front/front_socket.ts";
import { rawConnections } from "../../lib/http/front/raw_connections.ts";

/** A masked ping without a payload. */
const PING = [0x89, 0x80, 0, 0, 0, 0];
const PONG = 0x8a;
const CLOSE = 0x88;

function startSockets(): Front {
  return openFront({
    hostname: "127.0.0.1",
    port: 0,
    logger: getLogger("test"),
    handler(request) {
      const connection = rawConnections.get(request);
      assert.ok(connection !== undefined);
      const key = request.headers.get("sec-websocket-key") ?? "";
      new FrontSocket(connection, key, () => performance.now());
      return new Response(null, { status: 204 });
    },
    isUnlimited: () => false,
  });
}

/** Opens a socket, sends bytes, and returns what follows the handshake until the end or a pong. */
async function exchange(front: Front, bytes: Uint8Array<ArrayBuffer>): Promise<Uint8Array> {
  using connection = await openSocket(front);
  const buffer = new Uint8Array(4_096);
  await connection.write(bytes);
  const length = await connection.read(buffer);
  return buffer.slice(0, length ?? 0);
}

/** Opens a socket and completes the handshake. */
async function openSocket(front: Front): Promise<Deno.TcpConn> {
  const connection = await Deno.connect({ hostname: "127.0.0.1", port: front.addr.port });
  await connection.write(new TextEncoder().encode(
    "GET / HTTP/1.1\r\nHost: localhost\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n" +
      "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n",
  ));
  await connection.read(new Uint8Array(4_096));
  return connection;
}

Deno.test("the server ends a connection as soon as both sides have sent a close frame", async () => {
  const front = startSockets();
  using connection = await openSocket(front);
  // 1005 stands for a missing code, and no frame may have it.
  await connection.write(new Uint8Array([CLOSE, 0x82, 0, 0, 0, 0, 1005 >> 8, 1005 & 0xff]));
  const began = performance.now();
  const received: number[] = [];
  for await (const chunk of connection.readable) received.push(...chunk);
  assert.deepEqual(received, [CLOSE, 2, 1002 >> 8, 1002 & 0xff]);
  // A handshake without a response is given up after 2 s.
  assert.ok(performance.now() - began < 1_500);
  await front.shutdown();
});

Deno.test("a socket that floods the server with frames is closed with 1008, and a single ping gets a pong", async () => {
  const front = startSockets();
  const [pong] = await exchange(front, new Uint8Array(PING));
  assert.equal(pong, PONG);
  const flood = new Uint8Array(Array.from({ length: 1_000 }, () => PING).flat());
  const [opcode, , ...payload] = await exchange(front, flood);
  assert.equal(opcode, CLOSE);
  assert.equal(payload[0]! * 256 + payload[1]!, 1_008);
  await front.shutdown();
});
