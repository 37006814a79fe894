import assert from "node:assert/strict";
import { eventually } from "../support/eventually.ts";
import { freePort, startMillrace } from "../support/millrace.ts";

Deno.test("a node that starts while its predecessor still stops waits for it and takes over", async () => {
  await using first = await startMillrace();
  const { port, dataDir } = first;
  // A request without an end keeps a stopping node for 5 s.
  using _request = await openRequest(port);
  const stopping = first.kill("SIGTERM");
  const env = { PORT: String(port), DATA_DIR: dataDir };
  await using second = await startMillrace({ env });
  assert.match(second.log(), /Waiting up to 25 s for the process of Millrace that uses /);
  assert.equal((await stopping).code, 0);
  const names = await Array.fromAsync(Deno.readDir(`${dataDir}/nodes`), (entry) => entry.name);
  assert.deepEqual(names, ["1"], "the successor has its predecessor's name");
});

Deno.test("a node that starts on an address or a folder in use says what it waits for, and then why it fails", async () => {
  await using first = await startMillrace();
  const listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  const { port } = listener.addr;
  const refusing = refuseAll(listener);
  const [samePort, sameFolder] = await Promise.allSettled([
    startMillrace({ env: { PORT: String(port) } }),
    startMillrace({ env: { PORT: String(freePort()), DATA_DIR: first.dataDir } }),
  ]);
  listener.close();
  await refusing;
  const where = `LISTEN 127.0.0.1, PORT ${port}`;
  assert.match(
    reasonOf(samePort),
    new RegExp(
      `Waiting up to 25 s for the process that serves at ${where}[^]*` +
        `Cannot start: another process serves at ${where}\\. Stop it, or give this node another PORT`,
    ),
  );
  assert.match(
    reasonOf(sameFolder),
    /Waiting up to 25 s for the process of Millrace that uses [^]*Cannot start the embedded Postgres: another process of Millrace uses .*Stop it/,
  );
});

/** Holds an address as another program does. */
async function refuseAll(listener: Deno.Listener) {
  for await (const connection of listener) connection.close();
}

function reasonOf(result: PromiseSettledResult<unknown>): string {
  assert.equal(result.status, "rejected");
  return String(result.reason);
}

/** Sends the head of a request and a part of its body, once the node has started to respond. */
async function openRequest(port: number): Promise<Disposable> {
  const connection = await Deno.connect({ hostname: "127.0.0.1", port });
  const head = "POST /api/articles/import HTTP/1.1\r\nhost: 127.0.0.1\r\n" +
    "content-type: application/x-ndjson\r\ncontent-length: 1000\r\n\r\n";
  await connection.write(
    new TextEncoder().encode(`${head}{"title":"甲","content":"河边的茶馆开门了。"}\n`),
  );
  await eventually(async () => {
    const { data } = await (await fetch(`http://127.0.0.1:${port}/api/imports`)).json();
    assert.equal(data.imports.length, 1);
  });
  return { [Symbol.dispose]: () => connection.close() };
}
