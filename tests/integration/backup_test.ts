import assert from "node:assert/strict";
import { fileURLToPath } from "node:url";
import { connectDatabase } from "../../lib/database/connect.ts";
import { audit } from "../support/audit.ts";
import { eventually } from "../support/eventually.ts";
import { faultArticles } from "../support/fault_articles.ts";
import { type Millrace, startMillrace } from "../support/millrace.ts";
import { importAll } from "../support/producer.ts";

const ROOT = fileURLToPath(new URL("../../", import.meta.url));
const ARTICLES = 1_000;

Deno.test("a backup taken during processing restores to a working database", async () => {
  const folder = await Deno.makeTempDir({ prefix: "millrace-backup-" });
  const file = `${folder}/backup.tar.gz`;
  const dataDir = `${folder}/restored`;
  const articles = await faultArticles(ARTICLES);
  {
    await using node = await startMillrace();
    await importAll(node, articles);
    const { stdout } = await task("backup", file, { MILLRACE_URL: node.url });
    assert.match(stdout, /^Saved [\d,]+ bytes to /);
  }
  const { stdout } = await task("restore", file, { DATA_DIR: dataDir });
  assert.match(stdout, /^Restored /);
  {
    await using node = await startMillrace({ env: { DATA_DIR: dataDir } });
    await eventually(async () => assert.equal(await processed(node), ARTICLES), 60_000);
    await node.kill("SIGTERM");
  }
  {
    await using database = await connectDatabase({ url: null, dataDir });
    await audit({ sql: database.sql, articles: ARTICLES });
  }
  await Deno.remove(folder, { recursive: true });
});

Deno.test("a backup without a usable token says how to give one, and one in a file is used", async () => {
  const folder = await Deno.makeTempDir({ prefix: "millrace-backup-" });
  const token = "an-admin-token-of-some-length";
  await Deno.writeTextFile(`${folder}/token`, `${token}\n`);
  await using node = await startMillrace({ env: { ADMIN_TOKEN: token } });
  const backup = (env: Record<string, string>, code: number) =>
    task("backup", `${folder}/backup.tar.gz`, { MILLRACE_URL: node.url, ...env }, code);
  const without = await backup({}, 1);
  assert.match(
    without.stderr,
    /^Cannot back up: .* responded with 401: .*; give the task a token by MILLRACE_TOKEN/m,
  );
  const wrong = await backup({ MILLRACE_TOKEN: "wrong" }, 1);
  assert.match(
    wrong.stderr,
    /^Cannot back up: .* responded with 401: .*; the token of MILLRACE_TOKEN was sent$/m,
  );
  const places = [`${folder}/none/backup`, `${folder}/token/backup`, folder];
  const faults = ["is in a folder that does not exist", "is below a file", "is a folder"];
  for (const [index, place] of places.entries()) {
    const env = { MILLRACE_URL: node.url, MILLRACE_TOKEN: token };
    const { stderr } = await task("backup", place, env, 1);
    assert.equal(stderr.trim().split("\n").at(-1), `Cannot back up: ${place} ${faults[index]}`);
  }
  const { stdout } = await backup({ ADMIN_TOKEN_FILE: `${folder}/token` }, 0);
  assert.match(stdout, /^Saved /);
  await Deno.remove(folder, { recursive: true });
});

Deno.test("a restore rejects a folder with a database, and a missing, damaged or foreign file", async () => {
  const folder = await Deno.makeTempDir({ prefix: "millrace-backup-" });
  const file = `${folder}/not-a-backup`;
  const restore = (dataDir = folder) => task("restore", file, { DATA_DIR: dataDir }, 1);
  const missing = await restore();
  assert.match(missing.stderr, /Cannot restore: there is no file \S+not-a-backup\n$/);
  const packed = await new Response(
    new Blob(["not a backup ".repeat(1_000)]).stream().pipeThrough(new CompressionStream("gzip")),
  ).bytes();
  const contents = [new TextEncoder().encode("not a backup"), packed.subarray(0, -9), packed];
  for (const content of contents) {
    await Deno.writeFile(file, content);
    const refused = await restore();
    assert.match(refused.stderr, /Cannot restore: the file is .*not a backup of Millrace\n$/);
    await assert.rejects(Deno.stat(`${folder}/embedded`), Deno.errors.NotFound);
  }
  const foreign = await restore(`${folder}/new/data`);
  assert.match(foreign.stderr, /Cannot restore: the file is not a backup of Millrace\n$/);
  await assert.rejects(Deno.stat(`${folder}/new`), Deno.errors.NotFound, "no folder is left");
  await Deno.mkdir(`${folder}/embedded`);
  const occupied = await restore();
  assert.match(occupied.stderr, /^Cannot restore: there is a database in .* already/m);
  await Deno.remove(folder, { recursive: true });
});

Deno.test("only one backup runs at a time, until it ends or its client disconnects", async () => {
  await using node = await startMillrace();
  await importAll(node, await faultArticles(ARTICLES));
  // Compressing the database takes longer than accepting a second request.
  const both = await Promise.all([node.fetch("/api/backup"), node.fetch("/api/backup")]);
  const [first, second] = both.toSorted((one, other) => one.status - other.status);
  assert.deepEqual([first!.status, second!.status], [200, 429]);
  await second!.body?.cancel();
  assert.ok((await first!.bytes()).length > 1_000_000);
  const head = await eventually(() => backup(node, "HEAD"));
  assert.ok(Number(head.headers.get("content-length")) > 1_000_000);
  await head.body?.cancel();
  const leaving = await eventually(() => backup(node));
  await leaving.body?.cancel();
  await (await eventually(() => backup(node))).body?.cancel();
});

/** Starts a backup; throws while another one is running. */
async function backup(node: Millrace, method = "GET"): Promise<Response> {
  const response = await node.fetch("/api/backup", { method });
  if (response.status !== 200) await response.body?.cancel();
  assert.equal(response.status, 200);
  return response;
}

async function processed(node: Millrace): Promise<number> {
  const response = await node.fetch("/api/processor/status");
  return (await response.json()).data.processed_total;
}

async function task(name: string, file: string, env: Record<string, string>, expected = 0) {
  const { code, stdout, stderr } = await new Deno.Command(Deno.execPath(), {
    args: ["task", "--quiet", name, file],
    cwd: ROOT,
    env: { NO_COLOR: "1", ...env },
  }).output();
  const text = (bytes: Uint8Array) => new TextDecoder().decode(bytes);
  assert.equal(code, expected, text(stderr));
  return { stdout: text(stdout), stderr: text(stderr) };
}
