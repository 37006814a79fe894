import assert from "node:assert/strict";
import { generateArticle } from "../../bench/articles.ts";
import { audit } from "../support/audit.ts";
import { createDocumentRunner, type DocumentProcess } from "../support/document_process.ts";
import { documentCommands } from "../support/document_commands.ts";
import { eventually } from "../support/eventually.ts";
import { freePort } from "../support/millrace.ts";
import { documentedNginx, hasNginx, startNginx } from "../support/nginx.ts";
import { startTestCluster, withServers } from "../support/test_cluster.ts";

const PATIENCE_MS = 90_000;
const ARTICLES = 3_000;
const PART = 150;
const NDJSON = { "content-type": "application/x-ndjson" };

Deno.test("the quick start works from installation to a restored backup", async () => {
  const folder = await Deno.makeTempDir({ prefix: "millrace-walk-" });
  const port = freePort();
  const url = `http://localhost:${port}`;
  const replacements: [string, string][] = [
    ["http://localhost:8000", url],
    ["articles.jsonl", `${folder}/articles.jsonl`],
    ["backup.tar.gz", `${folder}/backup.tar.gz`],
    ["./restored", `${folder}/restored`],
  ];
  const env = { PORT: String(port), DATA_DIR: `${folder}/data` };
  try {
    await using runner = createDocumentRunner(env, replacements);
    const nodes: DocumentProcess[] = [];
    let before = 0;
    for (const { text } of await documentCommands("docs/quick-start.md")) {
      if (text.endsWith("task start")) {
        assert.equal(await nodes.at(-1)?.stop() ?? 0, 0);
        nodes.push(runner.start(text));
        await eventually(() => assertReady(url), PATIENCE_MS);
        continue;
      }
      if (/task backup/.test(text)) {
        before = await eventually(async () => {
          const { queue_pending, in_flight, processed_total } = await statusOf(url);
          assert.deepEqual([queue_pending, in_flight], [0, 0]);
          return processed_total;
        }, PATIENCE_MS);
        assert.ok(before > 40);
        // Articles arrive during the backup.
        const [, taken] = await Promise.all([runner.run(text), importPart(url, articles(0, PART))]);
        assert.ok(taken);
        continue;
      }
      const output = await runner.run(text);
      if (text.startsWith("curl")) assert.equal(JSON.parse(output).success, true, output);
    }
    await eventually(async () => {
      const { queue_pending, in_flight, processed_total, queue_dead } = await statusOf(url);
      assert.deepEqual([queue_pending, in_flight, queue_dead], [0, 0, 0]);
      assert.ok(processed_total >= before, "the articles before the backup");
    }, PATIENCE_MS);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});

const RESTART =
  "a rolling restart of two web and two worker nodes behind nginx under load loses nothing";

Deno.test({
  ...(hasNginx
    ? withServers(RESTART)
    : { name: `${RESTART} (skipped: nginx is not installed)`, ignore: true }),
  async fn() {
    await using cluster = await startTestCluster();
    const folder = await Deno.makeTempDir({ prefix: "millrace-walk-" });
    const ports = { "8001": freePort(), "8002": freePort() };
    const onPorts = (text: string) =>
      Object.entries(ports).reduce(
        (all, [from, to]) => all.replaceAll(`:${from}`, `:${to}`).replaceAll(`=${from}`, `=${to}`),
        text,
      );
    const { twoNodes } = await documentedNginx();
    await using nginx = await startNginx(onPorts(twoNodes), ports["8001"]);
    const site = `https://localhost:${nginx.port}`;
    await using runner = createDocumentRunner({}, [
      ["postgres://millrace:secret@db.example/millrace", cluster.postgres.url],
      ["redis://:secret@redis.example:6379", cluster.redis.url],
      ["https://site.example", site],
      ["/var/lib/millrace", folder],
      ["PORT=8001", `PORT=${ports["8001"]}`],
      ["PORT=8002", `PORT=${ports["8002"]}`],
    ]);
    const commands = (await documentCommands("docs/deployment.md"))
      .filter(({ section }) => section === "Several nodes").map(({ text }) => text);
    const nodes = commands.filter((text) => text.endsWith("task node"));
    assert.equal(nodes.length, 4);
    for (const text of commands.filter((text) => !nodes.includes(text))) await runner.run(text);

    const ready = async (command: string, node: DocumentProcess) => {
      const port = /PORT=(\d+)/.exec(command)?.[1];
      await eventually(async () => {
        if (port === undefined) assert.match(node.output(), /runs as worker/);
        else await assertReady(`http://127.0.0.1:${onPorts(`:${port}`).slice(1)}/millrace`);
      }, PATIENCE_MS);
    };
    const running = new Map(nodes.map((text) => [text, runner.start(text)]));
    for (const [text, node] of running) await ready(text, node);

    const client = Deno.createHttpClient({ caCerts: [nginx.certificate], allowHost: true });
    const token = /ADMIN_TOKEN=(\S+)/.exec(commands.join("\n"))?.[1] ?? "";
    const init = { client, headers: { ...NDJSON, authorization: `Bearer ${token}` } };
    const importing = (async () => {
      for (let first = 0; first < ARTICLES; first += PART) {
        const part = articles(first, PART);
        await eventually(
          async () => assert.ok(await importPart(`${site}/millrace`, part, init)),
          PATIENCE_MS,
        );
      }
    })();
    for (const [text, node] of running) {
      assert.equal(await node.stop(), 0, node.output());
      const again = runner.start(text);
      await ready(text, again);
    }
    await importing;

    const { attempts } = await audit({
      sql: cluster.database.sql,
      articles: ARTICLES,
      broker: cluster.broker,
      status: () => statusOf(`${site}/millrace`, init),
    });
    assert.equal(attempts, 0, "a restart does not count as a failed attempt");
    client.close();
    await runner[Symbol.asyncDispose]();
    await Deno.remove(folder, { recursive: true });
  },
});

function articles(first: number, count: number): string {
  return Array.from({ length: count }, (_, i) => JSON.stringify(generateArticle(first + i))).join(
    "\n",
  );
}

type Init = RequestInit & { client?: Deno.HttpClient };

/** Imports articles; returns whether all of them are stored. */
async function importPart(url: string, body: string, init: Init = { headers: NDJSON }) {
  const response = await fetch(`${url}/api/articles/import`, { ...init, method: "POST", body });
  const text = await response.text();
  if (!response.ok) return false;
  const { data } = JSON.parse(text);
  return data.accepted + data.duplicates === body.split("\n").length;
}

async function statusOf(url: string, init: Init = {}) {
  const response = await fetch(`${url}/api/processor/status`, init);
  return (await response.json()).data;
}

async function assertReady(url: string) {
  const response = await fetch(`${url}/readyz`);
  await response.body?.cancel();
  assert.equal(response.status, 200);
}
