import assert from "node:assert/strict";
import { startTcpProxy } from "./tcp_proxy.ts";

/** A server that sends back what it is sent. */
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

async function ask(connection: Deno.Conn, word: string): Promise<string> {
  await connection.write(new TextEncoder().encode(word));
  const answer = new Uint8Array(100);
  const length = await connection.read(answer);
  return new TextDecoder().decode(answer.subarray(0, length ?? 0));
}

Deno.test("the proxy passes what is sent, holds it while stalled, and delays it", async () => {
  await using echo = startEcho();
  await using proxy = startTcpProxy(echo.port);
  using connection = await Deno.connect({ hostname: "127.0.0.1", port: proxy.port });
  assert.equal(await ask(connection, "one"), "one");

  proxy.stall();
  let answered = false;
  const second = ask(connection, "two").finally(() => answered = true);
  using other = await Deno.connect({ hostname: "127.0.0.1", port: echo.port });
  assert.equal(await ask(other, "beside the proxy"), "beside the proxy");
  assert.equal(answered, false);
  proxy.resume();
  assert.equal(await second, "two");

  proxy.delay(60);
  const started = performance.now();
  assert.equal(await ask(connection, "three"), "three");
  assert.ok(performance.now() - started >= 115, "It was not delayed both ways.");
});

Deno.test("the proxy cuts connections, and accepts new ones", async () => {
  await using echo = startEcho();
  await using proxy = startTcpProxy(echo.port);
  using cut = await Deno.connect({ hostname: "127.0.0.1", port: proxy.port });
  assert.equal(await ask(cut, "one"), "one");
  proxy.reset();
  assert.equal(await cut.read(new Uint8Array(1)).catch(() => null), null);
  using next = await Deno.connect({ hostname: "127.0.0.1", port: proxy.port });
  assert.equal(await ask(next, "two"), "two");
});
