import assert from "node:assert/strict";
import { gzipSync } from "node:zlib";

const ROOT = new URL("../../", import.meta.url);

interface Received {
  path: string;
  headers: Headers;
  body: Uint8Array;
}

/** A server that takes every upload and answers as told. */
function serve(respond: () => Response) {
  const received: Received[] = [];
  const server = Deno.serve({ port: 0, hostname: "127.0.0.1", onListen() {} }, async (request) => {
    const body = await request.bytes();
    received.push({ path: new URL(request.url).pathname, headers: request.headers, body });
    return respond();
  });
  return {
    received,
    url: `http://127.0.0.1:${server.addr.port}`,
    [Symbol.asyncDispose]: () => server.shutdown(),
  };
}

function accepted(
  more: {
    accepted?: number;
    duplicates?: number;
    rejected?: { line: number; error: string }[];
    rejected_total?: number;
  } = {},
) {
  const data = { accepted: 3, duplicates: 1, rejected: [], rejected_total: 0, ...more };
  return () => Response.json({ success: true, data });
}

async function folder(files: Record<string, string | Uint8Array>) {
  const path = await Deno.makeTempDir();
  for (const [name, content] of Object.entries(files)) {
    const bytes = typeof content === "string" ? new TextEncoder().encode(content) : content;
    await Deno.writeFile(`${path}/${name}`, bytes);
  }
  return { path, [Symbol.asyncDispose]: () => Deno.remove(path, { recursive: true }) };
}

/** Runs the command with no more rights than `deno task import` has. */
async function run(args: string[], env: Record<string, string> = {}) {
  const child = new Deno.Command(Deno.execPath(), {
    args: ["run", "--quiet", "--no-check", "-P=import", "tasks/import.ts", ...args],
    cwd: ROOT,
    env: { MILLRACE_URL: "", ADMIN_TOKEN: "", NO_COLOR: "1", ...env },
  });
  const { code, stdout, stderr } = await child.output();
  const decoder = new TextDecoder();
  return { code, stdout: decoder.decode(stdout), stderr: decoder.decode(stderr) };
}

const LINE = '{"title":"一","content":"c"}\n';

Deno.test("a file is sent as it is, with its type and the token, and the figures are printed", async () => {
  await using server = serve(accepted({
    rejected: [{ line: 2, error: "title is missing" }, { line: 5, error: "title is empty" }],
    rejected_total: 7,
  }));
  const content = LINE.repeat(10_000);
  await using files = await folder({ "news.jsonl": content });
  const { code, stdout, stderr } = await run([`${files.path}/news.jsonl`], {
    MILLRACE_URL: server.url,
    ADMIN_TOKEN: "secret",
  });
  assert.equal(stderr, "");
  assert.equal(code, 0);
  const [progress, ...lines] = stdout.trimEnd().split("\n");
  assert.ok(progress?.startsWith("news.jsonl  100 %  300.0 kB of 300.0 kB"), progress);
  assert.deepEqual(lines, [
    "news.jsonl: 3 accepted, 1 duplicates, 7 rejected",
    "  line 2: title is missing",
    "  line 5: title is empty",
    "  and 5 more",
  ]);
  const [{ path, headers, body } = assert.fail("nothing was received")] = server.received;
  assert.equal(path, "/api/articles/import");
  assert.equal(headers.get("content-type"), "application/x-ndjson");
  assert.equal(headers.get("content-length"), String(new TextEncoder().encode(content).length));
  assert.equal(headers.get("content-encoding"), null);
  assert.equal(headers.get("authorization"), "Bearer secret");
  assert.equal(new TextDecoder().decode(body), content);
});

Deno.test("several files go one after the other, gzip as it is", async () => {
  await using server = serve(accepted());
  const packed = Uint8Array.from(gzipSync("title,content\na,b\n"));
  await using files = await folder({ "a.csv.gz": packed, "b.xml": "<rss/>", "empty.json": "" });
  const names = ["a.csv.gz", "b.xml", "empty.json"];
  const { code, stderr } = await run(names.map((name) => `${files.path}/${name}`), {
    MILLRACE_URL: `${server.url}/`,
  });
  assert.equal(stderr, "");
  assert.equal(code, 0);
  assert.deepEqual(
    server.received.map(({ headers }) =>
      ["content-type", "content-encoding", "authorization"].map((name) => headers.get(name))
    ),
    [["text/csv", "gzip", null], ["application/xml", null, null], ["application/json", null, null]],
  );
  assert.deepEqual(server.received[0]?.body, packed);
});

Deno.test("what the server refuses is told in its own words, and ends the import", async () => {
  const message = "该操作需要管理员令牌";
  await using server = serve(() => Response.json({ success: false, message }, { status: 401 }));
  await using files = await folder({ "a.jsonl": LINE, "b.jsonl": LINE });
  const { code, stderr } = await run([`${files.path}/a.jsonl`, `${files.path}/b.jsonl`], {
    MILLRACE_URL: server.url,
  });
  assert.equal(code, 1);
  const refusal = `Cannot import a.jsonl: the server answered 401: ${message}`;
  assert.equal(stderr, `${refusal}\nNot sent: b.jsonl\n`);
  assert.equal(server.received.length, 1);
});

Deno.test("a file of which nothing could be taken is no success, and the next is sent", async () => {
  await using server = serve(accepted({ accepted: 0, duplicates: 0, rejected_total: 2 }));
  await using files = await folder({ "a.jsonl": LINE, "b.jsonl": LINE });
  const { code } = await run([`${files.path}/a.jsonl`, `${files.path}/b.jsonl`], {
    PORT: new URL(server.url).port,
  });
  assert.equal(code, 1);
  assert.equal(server.received.length, 2);
});

Deno.test("a refusal that comes before all is sent is told as well", async () => {
  await using server = Deno.serve(
    { port: 0, hostname: "127.0.0.1", onListen() {} },
    () => Response.json({ success: false, message: "sign in" }, { status: 401 }),
  );
  await using files = await folder({ "a.jsonl": LINE.repeat(1_000_000) });
  const { code, stderr } = await run([`${files.path}/a.jsonl`], {
    MILLRACE_URL: `http://127.0.0.1:${server.addr.port}`,
  });
  assert.equal(code, 1);
  assert.equal(stderr, "Cannot import a.jsonl: the server answered 401: sign in\n");
});

Deno.test("an import that fails half-way tells what it had done", async () => {
  const data = { accepted: 500, duplicates: 0, rejected: [], rejected_total: 0 };
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
  assert.equal(stderr, `Cannot import a.jsonl: the server answered 500: ${message}\n`);
});

Deno.test("an answer that is not Millrace's is no success", async () => {
  await using server = serve(() => new Response("<h1>Hello</h1>"));
  await using files = await folder({ "a.jsonl": LINE });
  const { code, stderr } = await run([`${files.path}/a.jsonl`], { MILLRACE_URL: server.url });
  assert.equal(code, 1);
  assert.equal(
    stderr,
    "Cannot import a.jsonl: the server answered 200: something that is not Millrace's\n",
  );
});

Deno.test("without a server the command says where it looked and how to start one", async () => {
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
    `Cannot import a.jsonl: no server answers at ${server.url}; start one with ` +
      "`deno task start`, or say where it is with MILLRACE_URL\n",
  );
});

Deno.test("a connection that breaks half-way is told as such", async () => {
  using listener = Deno.listen({ port: 0, hostname: "127.0.0.1" });
  const url = `http://127.0.0.1:${listener.addr.port}`;
  await using files = await folder({ "a.jsonl": LINE.repeat(100_000) });
  const running = run([`${files.path}/a.jsonl`], { MILLRACE_URL: url });
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

Deno.test("a slip in any name is found before anything is sent", async () => {
  await using server = serve(accepted());
  await using files = await folder({ "a.jsonl": LINE, "a.pdf": "x" });
  const slips: [string, RegExp][] = [
    [`${files.path}/none.jsonl`, /none\.jsonl: there is no such file\n$/],
    [files.path, /: it is not a file\n$/],
    [`${files.path}/a.pdf`, /a\.pdf: its name ends in none of jsonl, .*, with or without \.gz\n$/],
  ];
  for (const [path, message] of slips) {
    const { code, stderr } = await run([`${files.path}/a.jsonl`, path], {
      MILLRACE_URL: server.url,
    });
    assert.equal(code, 1);
    assert.match(stderr, message);
  }
  assert.deepEqual(server.received, []);
});

Deno.test("a call that makes no sense says so, and --help says how", async () => {
  const calls: [string[], Record<string, string>, RegExp][] = [
    [[], {}, /^Cannot import: no file is named; try --help\n$/],
    [["--fast"], {}, /--fast/],
    [["a.csv"], { MILLRACE_URL: "nowhere" }, /^Cannot import: MILLRACE_URL is nowhere, which is/],
  ];
  for (const [args, env, message] of calls) {
    const { code, stderr } = await run(args, env);
    assert.equal(code, 1);
    assert.match(stderr, message);
  }
  const { code, stdout } = await run(["--help"]);
  assert.equal(code, 0);
  assert.match(stdout, /Usage: deno task import FILE/);
});
