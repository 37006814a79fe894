import assert from "node:assert/strict";
import { getLogger } from "@logtape/logtape";
import { openFront } from "../../lib/http/front/front.ts";
import { createRequestTurns } from "../../lib/http/front/request_turns.ts";

const PIPELINED = 400;
/** Longer than the least time of a timer. */
const RENDERING_MS = 1.5;

Deno.test("at most eight requests begin in a turn, and the others in their order", async () => {
  const turns: (() => void)[] = [];
  const { begin } = createRequestTurns((call) => void turns.push(call));
  const begun: number[] = [];
  for (let n = 0; n < 20; n++) {
    const waits = begin();
    if (waits === undefined) begun.push(n);
    else waits.then(() => begun.push(n));
  }
  // Each turn is followed by a pause.
  for (const expected of [8, 8, 16, 16, 20]) {
    assert.deepEqual(begun, Array.from({ length: expected }, (_, n) => n));
    turns.shift()?.();
    await Promise.resolve();
  }
  assert.equal(turns.length, 0);
  assert.equal(begin(), undefined);
});

Deno.test("a client that pipelines requests does not hold up another connection", async () => {
  let handled = 0;
  let handledBefore = -1;
  const front = openFront({
    hostname: "127.0.0.1",
    port: 0,
    logger: getLogger("test"),
    isUnlimited: () => false,
    handler: (request) => {
      if (new URL(request.url).pathname === "/other") handledBefore = handled;
      else handled++;
      const end = performance.now() + RENDERING_MS;
      while (performance.now() < end);
      return new Response("ok");
    },
  });
  const { port } = front.addr;
  const connect = () => Deno.connect({ hostname: "127.0.0.1", port });
  const request = (path: string) =>
    new TextEncoder().encode(`GET ${path} HTTP/1.1\r\nHost: localhost\r\n\r\n`);
  using other = await connect();
  using flooding = await connect();
  // The connection to the server behind the front is open before the flood.
  await other.write(request("/"));
  await other.read(new Uint8Array(1_000));
  handled = 0;
  const flood = new Uint8Array(request("/").length * PIPELINED);
  for (let n = 0; n < PIPELINED; n++) flood.set(request("/"), n * request("/").length);
  await flooding.write(flood);
  await flooding.read(new Uint8Array(1_000));
  await other.write(request("/other"));
  await other.read(new Uint8Array(1_000));
  assert.ok(handledBefore >= 0 && handledBefore < PIPELINED / 2, `after ${handledBefore} requests`);
  await front.shutdown();
});
