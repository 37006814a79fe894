import assert from "node:assert/strict";
import { getLogger } from "@logtape/logtape";
import { CONNECTIONS_PER_ADDRESS, openFront } from "../../lib/http/front/front.ts";
import { eventually } from "../support/eventually.ts";
import { startMillrace } from "../support/millrace.ts";

/** The descriptor limit of the process in the test below, and the number of attempted connections. */
const DESCRIPTORS = 160;
const TRIED = 400;

Deno.test("an address has a limited number of connections, and a trusted one is unlimited", async () => {
  for (const isUnlimited of [false, true]) {
    const front = openFront({
      hostname: "127.0.0.1",
      port: 0,
      logger: getLogger("test"),
      handler: () => new Response("served"),
      isUnlimited: () => isUnlimited,
    });
    const held = await connect(front.addr.port, CONNECTIONS_PER_ADDRESS + 20);
    const expected = CONNECTIONS_PER_ADDRESS + (isUnlimited ? 20 : 0);
    await eventually(() => assert.equal(front.connections(), expected));
    closeAll(held);
    await eventually(() => assert.equal(front.connections(), 0));
    const response = await fetch(`http://127.0.0.1:${front.addr.port}/`);
    assert.equal(await response.text(), "served");
    await front.shutdown();
  }
});

Deno.test("HTTP/2 without TLS is not served, however its preface is divided", async () => {
  const front = openFront({
    hostname: "127.0.0.1",
    port: 0,
    logger: getLogger("test"),
    handler: () => new Response("served"),
    isUnlimited: () => false,
  });
  const preface = new TextEncoder().encode(
    "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n\0\0\0\x04\0\0\0\0\0",
  );
  for (const cut of [preface.length, 3, 1, 11, 12, 13]) {
    using connection = await Deno.connect({ hostname: "127.0.0.1", port: front.addr.port });
    connection.setNoDelay(true);
    await connection.write(preface.subarray(0, cut));
    // Most often, the front reads the first part alone.
    await new Promise((resolve) => setTimeout(resolve, 20));
    const received = await connection.write(preface.subarray(cut))
      .then(() => connection.read(new Uint8Array(100)))
      .catch(() => null);
    assert.equal(received, null, `divided after ${cut} bytes`);
  }
  await front.shutdown();
});

Deno.test({
  name: "a node that runs out of descriptors keeps running, and serves again once they are free",
  ignore: Deno.build.os !== "linux",
  async fn() {
    await using node = await startMillrace();
    const { success } = await new Deno.Command("prlimit", {
      args: ["--pid", String(node.pid), `--nofile=${DESCRIPTORS}`],
    }).output();
    assert.ok(success);
    const held = await connect(node.port, TRIED);
    await eventually(() => assert.match(node.log(), /Out of connections/));
    closeAll(held);
    await eventually(async () => {
      const response = await node.fetch("/readyz");
      await response.body?.cancel();
      assert.equal(response.status, 200);
    }, 60_000);
  },
});

/** Opens connections that send nothing; immediately refused ones count, too. */
async function connect(port: number, count: number): Promise<Deno.TcpConn[]> {
  const tried = Array.from({ length: count }, () => Deno.connect({ hostname: "127.0.0.1", port }));
  const settled = await Promise.allSettled(tried);
  return settled.flatMap((each) => each.status === "fulfilled" ? [each.value] : []);
}

function closeAll(connections: Deno.TcpConn[]) {
  for (const connection of connections) {
    try {
      connection.close();
    } catch {
      // The server closed it first.
    }
  }
}
