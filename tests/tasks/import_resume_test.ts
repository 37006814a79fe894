import assert from "node:assert/strict";
import { type ImportRecord, noFigures } from "../../lib/wire/import_figures.ts";
import { accepted, folder, LINE, run, serve, startImport } from "../support/import_task.ts";

const LONG = LINE.repeat(100_000);

function recorded(state: ImportRecord["state"], more: Partial<ImportRecord> = {}): ImportRecord {
  const figures = { ...noFigures(), accepted: 500, records: 500 };
  return {
    id: 7,
    name: "a.jsonl",
    by: "admin",
    started_at: 0,
    updated_at: 0,
    state,
    reason: null,
    figures,
    ...more,
  };
}

Deno.test("--continue resumes an interrupted import, and skips a finished one", async () => {
  await using server = serve(
    accepted(),
    (name) => name === "a.jsonl" ? [recorded("stopped")] : [recorded("finished", { name })],
  );
  await using files = await folder({ "a.jsonl": LINE, "b.jsonl": LINE });
  const { code, stdout } = await run(
    [`${files.path}/a.jsonl`, `${files.path}/b.jsonl`, "--continue"],
    { MILLRACE_URL: server.url },
  );
  assert.equal(code, 0);
  assert.deepEqual(server.received.map(({ query }) => query.get("resume")), ["7"]);
  assert.match(stdout, /b\.jsonl: imported before\n/);
});

Deno.test("--continue waits until an interrupted import has ended on the server", async () => {
  const states: ImportRecord["state"][] = ["running", "running"];
  await using server = serve(accepted(), () => [recorded(states.shift() ?? "stopped")]);
  await using files = await folder({ "a.jsonl": LINE });
  const { code, stderr } = await run([`${files.path}/a.jsonl`, "--continue"], {
    MILLRACE_URL: server.url,
  });
  assert.equal(code, 0);
  assert.deepEqual(server.received.map(({ query }) => query.get("resume")), ["7"]);
  assert.match(stderr, /a\.jsonl: its last import has not ended yet/);
});

Deno.test("without --continue, an import starts over", async () => {
  await using server = serve(accepted(), () => [recorded("stopped")]);
  await using files = await folder({ "a.jsonl": LINE });
  await run([`${files.path}/a.jsonl`], { MILLRACE_URL: server.url });
  assert.deepEqual(server.received.map(({ query }) => query.get("resume")), [null]);
});

Deno.test("the import waits for a restarting server, and resumes", async () => {
  const listener = Deno.listen({ port: 0, hostname: "127.0.0.1" });
  const { port } = listener.addr;
  await using files = await folder({ "a.jsonl": LONG });
  const task = startImport([`${files.path}/a.jsonl`], {
    MILLRACE_URL: `http://127.0.0.1:${port}`,
  });
  (await listener.accept()).close();
  const connection = await listener.accept();
  await connection.read(new Uint8Array(100_000));
  connection.close();
  listener.close();
  await task.printed(/the connection broke; waiting for the server/);

  const states: ImportRecord["state"][] = ["running"];
  const imports = (name: string) => name === "" ? [] : [recorded(states.shift() ?? "stopped")];
  await using server = serve(accepted({ accepted: 100_000 }), imports, port);
  const { code, stdout, stderr } = await task.end();
  assert.equal(code, 0);
  assert.match(stderr, /its last import has not ended yet; waiting until the server ends it\n$/);
  assert.deepEqual(server.received.map(({ query }) => query.get("resume")), ["7"]);
  assert.match(stdout, /a\.jsonl: 100000 accepted/);
});

Deno.test("a connection that breaks before the response does not repeat the import", async () => {
  let imports: ImportRecord[] = [];
  await using server = Deno.serve(
    { port: 0, hostname: "127.0.0.1", onListen() {}, onError: () => new Response(null) },
    async (request) => {
      if (request.method === "GET") return Response.json({ data: { imports } });
      await request.bytes();
      assert.deepEqual(imports, [], "it was imported twice");
      imports = [recorded("finished")];
      return new Response(
        new ReadableStream({ pull: (controller) => controller.error(null) }),
      );
    },
  );
  await using files = await folder({ "a.jsonl": LINE });
  const { code, stdout } = await run([`${files.path}/a.jsonl`], {
    MILLRACE_URL: `http://127.0.0.1:${server.addr.port}`,
  });
  assert.equal(code, 0);
  assert.match(stdout, /a\.jsonl: 500 accepted/);
});

Deno.test("Ctrl-C prints what was saved and how to resume", async () => {
  const { promise: begun, resolve: begin } = Promise.withResolvers<void>();
  const { promise: over, resolve: end } = Promise.withResolvers<void>();
  let asked = 0;
  await using server = Deno.serve(
    { port: 0, hostname: "127.0.0.1", onListen() {}, onError: () => new Response(null) },
    async (request) => {
      if (request.method === "GET") {
        const state = asked++ < 3 ? "running" : "stopped";
        const figures = { ...noFigures(), accepted: 500 + 100 * asked };
        return Response.json({ data: { imports: [{ ...recorded(state), figures }] } });
      }
      const reader = request.body!.getReader();
      await reader.read();
      begin();
      await over;
      await reader.cancel().catch(() => {});
      return new Response(null);
    },
  );
  await using files = await folder({ "a.jsonl": LONG.repeat(4), "b.jsonl": LINE });
  const task = startImport([`${files.path}/a.jsonl`, `${files.path}/b.jsonl`], {
    MILLRACE_URL: `http://127.0.0.1:${server.addr.port}`,
  });
  await begun;
  task.interrupt();
  const { code, stderr } = await task.end();
  end();
  assert.equal(code, 130);
  assert.equal(
    stderr,
    "Interrupted. Until then: 900 accepted, 0 duplicates, 0 rejected. " +
      "Go on with the same command and --continue.\n",
  );
});

Deno.test("exit codes tell whether all, some or no articles were accepted", async () => {
  await using files = await folder({ "a.jsonl": LINE });
  const codes: [Parameters<typeof accepted>[0], number][] = [
    [{ accepted: 1 }, 0],
    [{ accepted: 0, duplicates: 1 }, 0],
    [{ accepted: 1, rejected_total: 1 }, 2],
    [{ accepted: 0, duplicates: 0, rejected_total: 1 }, 1],
    [{ accepted: 0, duplicates: 0 }, 1],
  ];
  for (const [figures, expected] of codes) {
    await using server = serve(accepted(figures));
    const { code } = await run([`${files.path}/a.jsonl`], { MILLRACE_URL: server.url });
    assert.equal(code, expected, JSON.stringify(figures));
  }
});
