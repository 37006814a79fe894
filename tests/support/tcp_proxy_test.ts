import assert from "node:assert/strict";
import { startTcpProxy } from "./tcp_proxy.ts";

/** An echo server. */
function startEcho() {
  const listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  const serving = (async () => {
    const echoing: Promise<void>[] = [];
    for await (const connection of listener) {
      echoing.push(connection.readable.pipeTo(connection.writable).catch(() => {}));
    }
    await Promise.all(echoing);
  })();
  return {
    port: listener.addr.port,
    async [Symbol.asyncDispose]() {
      listener.close();
      await serving;
    },
  };
}

async function sendWord(connection: Deno.Conn, word: string): Promise<string> {
  await connection.write(new TextEncoder().encode(word));
  const reply = new Uint8Array(100);
  const length = await connection.read(reply);
  return new TextDecoder().decode(reply.subarray(0, length ?? 0));
}

Deno.test("the proxy forwards data, holds it back while stalled, and delays it", async () => {
  await using echo = startEcho();
  await using proxy = startTcpProxy(echo.port);
  using connection = await Deno.connect({ hostname: "127.0.0.1", port: proxy.port });
  assert.equal(await sendWord(connection, "one"), "one");

  proxy.stall();
  let replied = false;
  const second = sendWord(connection, "two").finally(() => replied = true);
  using other = await Deno.connect({ hostname: "127.0.0.1", port: echo.port });
  assert.equal(await sendWord(other, "direct"), "direct");
  assert.equal(replied, false);
  proxy.resume();
  assert.equal(await second, "two");

  proxy.delay(60);
  const started = performance.now();
  assert.equal(await sendWord(connection, "three"), "three");
  assert.ok(performance.now() - started >= 115, "It was not delayed in both directions.");
});

Deno.test("the proxy cuts connections, and accepts new ones", async () => {
  await using echo = startEcho();
  await using proxy = startTcpProxy(echo.port);
  using cut = await Deno.connect({ hostname: "127.0.0.1", port: proxy.port });
  assert.equal(await sendWord(cut, "one"), "one");
  proxy.reset();
  assert.equal(await cut.read(new Uint8Array(1)).catch(() => null), null);
  using next = await Deno.connect({ hostname: "127.0.0.1", port: proxy.port });
  assert.equal(await sendWord(next, "two"), "two");
});
