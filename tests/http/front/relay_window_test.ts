import assert from "node:assert/strict";
import { getLogger } from "@logtape/logtape";
import { writeAll } from "../../../lib/http/front/front_connection.ts";
import { openFront } from "../../../lib/http/front/front.ts";
import { streamedBody } from "../../../lib/http/front/raw_connections.ts";
import { RelayWindow, WINDOW_BYTES } from "../../../lib/http/front/relay_window.ts";

const CHUNK = 4_000;

Deno.test("relaying waits at a full window until the application has read", async () => {
  const window = new RelayWindow();
  const reader = window.count(ReadableStream.from([new Uint8Array(CHUNK)])).getReader();
  assert.equal(window.admit(WINDOW_BYTES - 1), undefined);
  const room = window.admit(1);
  assert(window.isFull);
  await reader.read();
  await room;
  assert(!window.isFull);
  await reader.cancel();
});

Deno.test("a read that stays pending shows that only framing was relayed", async () => {
  const window = new RelayWindow();
  const { promise, resolve } = Promise.withResolvers<void>();
  const reader = window.count(ReadableStream.from(late(promise))).getReader();
  const read = reader.read();
  await window.admit(WINDOW_BYTES);
  resolve();
  await read;
});

Deno.test("relaying goes on when the request has finished without reading its body", async () => {
  const window = new RelayWindow();
  const room = window.admit(WINDOW_BYTES);
  window.end();
  await room;
  assert.equal(window.admit(WINDOW_BYTES), undefined);
});

Deno.test("a client gets no further ahead of a slow reader, however long the body is", async () => {
  let sent = 0;
  let read = 0;
  const ahead: number[] = [];
  const front = openFront({
    hostname: "127.0.0.1",
    port: 0,
    logger: getLogger("test"),
    isUnlimited: () => true,
    async handler(request) {
      for await (const chunk of streamedBody(request)) {
        read += chunk.length;
        if (read % (100 * CHUNK) === 0) ahead.push(sent - read);
        if (ahead.length === 4) break;
        await new Promise((resolve) => setTimeout(resolve, 0));
      }
      return new Response();
    },
  });
  using client = await Deno.connect({ hostname: "127.0.0.1", port: front.addr.port });
  const part = new TextEncoder().encode(`${CHUNK.toString(16)}\r\n${"x".repeat(CHUNK)}\r\n`);
  const sending = (async () => {
    await writeAll(client, new TextEncoder().encode(HEAD));
    for (; sent < 64 * WINDOW_BYTES; sent += CHUNK) await writeAll(client, part);
  })().catch(() => {}); // the server closes the connection of a body that it does not read to its end
  await client.read(new Uint8Array(64));
  await front.shutdown();
  await sending;
  assert(Math.max(...ahead) < ahead[0]! + 2 * WINDOW_BYTES, `${ahead} bytes ahead`);
});

const HEAD = "POST / HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n";

async function* late(promise: Promise<void>) {
  await promise;
  yield new Uint8Array(1);
}
