import assert from "node:assert/strict";
import { readOptions } from "../../tasks/import/options.ts";
import { gzipSync } from "node:zlib";
import { noFigures } from "../../lib/wire/import_figures.ts";
import { reportLines } from "../../tasks/import/import_report.ts";
import { accepted, folder, LINE, ROOT, run, serve } from "../support/import_task.ts";

Deno.test("a file is sent unchanged, with its type and the token, and the counts are printed", async () => {
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
  assert.equal(code, 2);
  const [progress, ...lines] = stdout.trimEnd().split("\n");
  assert.ok(progress?.startsWith("news.jsonl  100 %  300.0 kB of 300.0 kB"), progress);
  assert.deepEqual(lines, [
    "news.jsonl: 3 accepted, 1 duplicate, 7 rejected",
    "  line 2: title is missing",
    "  line 5: title is empty",
    "  and 5 more",
  ]);
  const [{ path, headers, body } = assert.fail("nothing was received")] = server.received;
  assert.equal(path, "/api/articles/import");
  assert.equal(headers.get("content-type"), "application/octet-stream");
  assert.equal(headers.get("content-length"), String(new TextEncoder().encode(content).length));
  assert.equal(headers.get("content-encoding"), null);
  assert.equal(headers.get("authorization"), "Bearer secret");
  assert.equal(new TextDecoder().decode(body), content);
});

Deno.test("an import whose records are all rejected says that nothing was imported", () => {
  const rejected = { ...noFigures(), rejected_total: 2 };
  const line = "a.jsonl: nothing was imported: 0 accepted, 0 duplicates, 2 rejected";
  assert.equal(reportLines("a.jsonl", rejected)[0], line);
  const known = { ...rejected, duplicates: 1 };
  assert.equal(reportLines("a.jsonl", known)[0], "a.jsonl: 0 accepted, 1 duplicate, 2 rejected");
});

Deno.test("several files are sent in order, and gzip unchanged", async () => {
  await using server = serve(accepted());
  const packed = Uint8Array.from(gzipSync("title,content\na,b\n"));
  await using files = await folder({ "a.csv.gz": packed, "b.xml": "<rss/>", "empty.json": "" });
  const names = ["a.csv.gz", "b.xml", "empty.json"];
  const { code, stderr } = await run(names.map((name) => `${files.path}/${name}`), {
    MILLRACE_URL: `${server.url}/`,
  });
  assert.equal(stderr, "");
  assert.equal(code, 0);
  assert.deepEqual(server.received.map(({ query }) => query.get("name")), names);
  assert.deepEqual(server.received[0]?.body, packed);
});

Deno.test("a wrong file name is reported before anything is sent", async () => {
  await using server = serve(accepted());
  await using files = await folder({ "a.jsonl": LINE });
  await Deno.mkdir(`${files.path}/empty`);
  const slips: [string, RegExp][] = [
    [`${files.path}/none.jsonl`, /none\.jsonl: there is no such file\n$/],
    [`${files.path}/*.csv`, /\*\.csv: there is no such file\n$/],
    [`${files.path}/empty`, /empty: no file in it is named like one that holds articles\n$/],
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

Deno.test("invalid arguments are reported, and --help prints the usage", async () => {
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
  assert.match(stdout, /Usage: deno task import \[OPTIONS\] SOURCE/);
});

Deno.test("the server is found by PORT and BASE_PATH, and the token in a file", async () => {
  await using server = serve(accepted());
  await using files = await folder({ "a.jsonl": LINE, token: "from-a-file\n", other: "other" });
  const env = { PORT: new URL(server.url).port, BASE_PATH: "/millrace" };
  for (
    const more of [
      { ADMIN_TOKEN_FILE: `${files.path}/token` },
      { ADMIN_TOKEN_FILE: `${files.path}/other`, MILLRACE_TOKEN_FILE: `${files.path}/token` },
    ]
  ) {
    const { code } = await run([`${files.path}/a.jsonl`], { ...env, ...more });
    assert.equal(code, 0);
    const [one] = server.received.splice(0);
    assert.equal(one?.path, "/millrace/api/articles/import");
    assert.equal(one?.headers.get("authorization"), "Bearer from-a-file");
  }
  const { code, stderr } = await run([`${files.path}/a.jsonl`], {
    ...env,
    ADMIN_TOKEN_FILE: "/gone",
  });
  assert.equal(code, 1);
  assert.match(stderr, /^Cannot import: ADMIN_TOKEN_FILE \/gone cannot be read/);
});

Deno.test("folders, patterns, URLs and standard input are sources", async () => {
  await using server = serve(accepted());
  await using files = await folder({
    "a.jsonl": LINE,
    "b.csv": "title,content\na,b\n",
    "c.pdf": "x",
  });
  await using web = Deno.serve(
    { port: 0, hostname: "127.0.0.1", onListen() {} },
    () => new Response("<rss/>", { headers: { "content-type": "application/rss+xml" } }),
  );
  const address = `http://127.0.0.1:${web.addr.port}/feed`;
  const { code, stdout } = await run([files.path, `${files.path}/*.csv`, address], {
    MILLRACE_URL: server.url,
  });
  assert.equal(code, 0);
  assert.deepEqual(server.received.map(({ query }) => query.get("name")), [
    "a.jsonl",
    "b.csv",
    "b.csv",
    "feed",
  ]);
  assert.equal(server.received[3]?.query.get("url"), address);
  assert.equal(server.received[3]?.headers.get("content-type"), "application/rss+xml");
  assert.match(
    stdout,
    /Together: 12 accepted, 4 duplicates, 0 rejected\nSkipped, .*: c\.pdf\n$/,
  );

  const child = new Deno.Command(Deno.execPath(), {
    args: ["run", "--quiet", "--no-check", "-P=import", "tasks/import.ts", "-", "--type", "jsonl"],
    cwd: ROOT,
    env: { MILLRACE_URL: server.url, NO_COLOR: "1" },
    stdin: "piped",
    stdout: "piped",
  }).spawn();
  const input = child.stdin.getWriter();
  await input.write(new TextEncoder().encode(LINE));
  await input.close();
  const output = await new Response(child.stdout).text();
  assert.equal((await child.status).code, 0);
  assert.equal(new TextDecoder().decode(server.received.at(-1)?.body), LINE);
  assert.equal(server.received.at(-1)?.query.get("name"), "-");
  assert.match(output, /^standard input: 3 accepted/m);
});

Deno.test("an error about an option names it and the help", () => {
  const errors: [string[], string][] = [
    [["--bogus"], "there is no option --bogus"],
    [["a", "-xh"], "there is no option -x"],
    [["--no-update"], "there is no option --no-update"],
    [["--update=yes"], "--update takes no value"],
    [["a", "--group"], "--group needs a value"],
    [["--group", "--update"], "--group needs a value"],
  ];
  for (const [args, error] of errors) {
    assert.throws(() => readOptions(args), { message: `Cannot import: ${error}; try --help` });
  }
  assert.deepEqual(readOptions(["--group=-x", "--", "--bogus"])?.sources, ["--bogus"]);
});

Deno.test("options become query parameters, and rejected lines are written to a file", async () => {
  await using server = serve(accepted({
    rejected: [{ line: 2, error: "content is missing" }],
    rejected_total: 1,
  }));
  await using files = await folder({ "a.jsonl": LINE });
  const rejected = `${files.path}/rejected.txt`;
  const { code } = await run([
    ...[`${files.path}/a.jsonl`, "--type", "csv", "--charset", "gbk", "--group", "新闻"],
    ...[
      "--map",
      "title:标题",
      "--update",
      "--validate",
      "--from-line",
      "7",
      "--rejected",
      rejected,
    ],
  ], { MILLRACE_URL: server.url });
  assert.equal(code, 2);
  assert.deepEqual(Object.fromEntries(server.received[0]!.query), {
    charset: "gbk",
    group: "新闻",
    map: "title:标题",
    update: "true",
    validate: "true",
    from_line: "7",
    name: "a.jsonl",
  });
  assert.equal(server.received[0]?.headers.get("content-type"), "text/csv");
  assert.equal(await Deno.readTextFile(rejected), "a.jsonl\t2\tcontent is missing\n");
});

Deno.test("a folder's archives are sent, and a file in no format that is read is named", async () => {
  let count = 0;
  await using server = serve(() =>
    ++count === 2
      ? Response.json({ success: false, message: "this is a PDF" }, { status: 415 })
      : accepted()()
  );
  const archives = ["a.zip", "c.tar", "d.tgz", "e.tar.gz", "f.TAR.zst"];
  const names = [...archives, "b.md", "x.7z", "y.rar"];
  await using files = await folder(Object.fromEntries(names.map((name) => [name, LINE])));
  const { code, stdout, stderr } = await run([files.path], { MILLRACE_URL: server.url });
  assert.deepEqual(
    server.received.map(({ query }) => query.get("name")).sort(),
    [
      ...archives,
      "b.md",
    ].sort(),
  );
  assert.match(stdout, /^Skipped, since [\w ]+: x\.7z, y\.rar$/m);
  assert.equal(stderr, "Cannot import b.md: the server responded with 415: this is a PDF\n");
  assert.equal(code, 1);
});
