import assert from "node:assert/strict";
import { noFigures } from "../../lib/wire/import_figures.ts";
import { accepted, folder, LINE, run, serve } from "../support/import_task.ts";

Deno.test("an error response is printed with the server's message, and ends the import", async () => {
  const message = "该操作需要管理员令牌";
  await using server = serve(() => Response.json({ success: false, message }, { status: 401 }));
  await using files = await folder({ "a.jsonl": LINE, "b.jsonl": LINE });
  const { code, stderr } = await run([`${files.path}/a.jsonl`, `${files.path}/b.jsonl`], {
    MILLRACE_URL: server.url,
    ADMIN_TOKEN: "wrong",
  });
  assert.equal(code, 1);
  const refusal = `Cannot import a.jsonl: the server responded with 401: ${message}; ` +
    "the token of ADMIN_TOKEN was sent";
  assert.equal(stderr, `${refusal}\nNot sent: b.jsonl\n`);
  assert.equal(server.received.length, 1);
});

Deno.test("a file without accepted articles is a failure, and the next file is sent", async () => {
  await using server = serve(accepted({ accepted: 0, duplicates: 0, rejected_total: 2 }));
  await using files = await folder({ "a.jsonl": LINE, "b.jsonl": LINE });
  const { code } = await run([`${files.path}/a.jsonl`, `${files.path}/b.jsonl`], {
    PORT: new URL(server.url).port,
  });
  assert.equal(code, 1);
  assert.equal(server.received.length, 2);
});

Deno.test("an early error response is reported, too", async () => {
  await using server = Deno.serve(
    { port: 0, hostname: "127.0.0.1", onListen() {} },
    () => Response.json({ success: false, message: "sign in" }, { status: 401 }),
  );
  await using files = await folder({ "a.jsonl": LINE.repeat(1_000_000) });
  const { code, stderr } = await run([`${files.path}/a.jsonl`], {
    MILLRACE_URL: `http://127.0.0.1:${server.addr.port}`,
  });
  assert.equal(code, 1);
  assert.match(
    stderr,
    /^Cannot import a.jsonl: the server responded with 401: sign in; give the task a token by MILLRACE_TOKEN or ADMIN_TOKEN, /,
  );
});

Deno.test("an import that fails midway reports its progress", async () => {
  const data = { ...noFigures(), accepted: 500 };
  const message = "数据库未连接";
  await using server = serve(() =>
    Response.json({ success: false, message, data }, { status: 500 })
  );
  await using files = await folder({ "a.jsonl": LINE });
  const { code, stdout, stderr } = await run([`${files.path}/a.jsonl`], {
    MILLRACE_URL: server.url,
  });
  assert.equal(code, 1);
  assert.ok(stdout.endsWith("a.jsonl: 500 accepted, 0 duplicates, 0 rejected\n"), stdout);
  assert.equal(stderr, `Cannot import a.jsonl: the server responded with 500: ${message}\n`);
});

Deno.test("a wholly failed import reports that nothing was imported", async () => {
  const body = { success: false, message: "this is a PDF", data: noFigures() };
  await using server = serve(() => Response.json(body, { status: 415 }));
  await using files = await folder({ "a.jsonl": LINE });
  const { code, stdout } = await run([`${files.path}/a.jsonl`], { MILLRACE_URL: server.url });
  assert.equal(code, 1);
  assert.ok(stdout.endsWith("a.jsonl: nothing was imported\n"), stdout);
});

Deno.test("a response that is not Millrace's is a failure", async () => {
  await using server = serve(() => new Response("<h1>Hello</h1>"));
  await using files = await folder({ "a.jsonl": LINE });
  const { code, stderr } = await run([`${files.path}/a.jsonl`], { MILLRACE_URL: server.url });
  assert.equal(code, 1);
  assert.equal(
    stderr,
    "Cannot import a.jsonl: the server responded with 200: something that is not Millrace's\n",
  );
});

Deno.test("without a server, the command prints the URL and how to start a server", async () => {
  const server = serve(accepted());
  await server[Symbol.asyncDispose]();
  await using files = await folder({ "a.jsonl": LINE });
  const { code, stdout, stderr } = await run([`${files.path}/a.jsonl`], {
    MILLRACE_URL: server.url,
  });
  assert.equal(code, 1);
  assert.equal(stdout, "");
  assert.equal(
    stderr,
    `Cannot import a.jsonl: no server responds at ${server.url}; start one with ` +
      "`deno task start`, or say where it is with MILLRACE_URL\n",
  );
});

Deno.test("a connection that breaks midway is reported", async () => {
  using listener = Deno.listen({ port: 0, hostname: "127.0.0.1" });
  const url = `http://127.0.0.1:${listener.addr.port}`;
  await using files = await folder({ "a.jsonl": LINE.repeat(100_000) });
  const running = run([`${files.path}/a.jsonl`, "--wait", "0"], { MILLRACE_URL: url });
  const asking = await listener.accept();
  asking.close();
  const connection = await listener.accept();
  await connection.read(new Uint8Array(100_000));
  connection.close();
  const { code, stderr } = await running;
  assert.equal(code, 1);
  assert.equal(
    stderr,
    `Cannot import a.jsonl: the connection to ${url} broke; what was saved until then stays saved\n`,
  );
});
