import assert from "node:assert/strict";
import { postStream } from "../../tasks/post_stream.ts";
import { noFigures } from "../../lib/wire/import_figures.ts";
import { eventually } from "../support/eventually.ts";
import { type Millrace, startMillrace } from "../support/millrace.ts";
import { startTestCluster, withServers } from "../support/test_cluster.ts";

const MEGABYTE = 1024 * 1024;
const encoder = new TextEncoder();

async function send(node: Millrace, type: string, body: BodyInit, more: RequestInit = {}) {
  const { headers = {}, ...rest } = more;
  const response = await node.fetch("/api/articles/import", {
    method: "POST",
    headers: { "content-type": type, ...headers },
    body,
    ...rest,
  });
  return { status: response.status, body: await response.json() };
}

async function gzip(text: string): Promise<Uint8Array<ArrayBuffer>> {
  const packed = new Blob([text]).stream().pipeThrough(new CompressionStream("gzip"));
  return new Uint8Array(await new Response(packed).arrayBuffer());
}

/** A thousand lines of articles with unique sources. */
function thousandLines(): Uint8Array<ArrayBuffer> {
  const content = "这条生产线把文章收进来，洗净、注音，然后存好。".repeat(200);
  const lines = Array.from(
    { length: 1_000 },
    (_, n) => JSON.stringify({ title: `no. ${n}`, content, source: `s-${n}` }),
  );
  return encoder.encode(lines.join("\n") + "\n");
}

/** The block repeated, in chunks like those of a file. */
async function* repeated(block: Uint8Array, times: number): AsyncGenerator<Uint8Array> {
  for (let time = 0; time < times; time++) {
    for (let at = 0; at < block.length; at += 65_536) yield block.subarray(at, at + 65_536);
  }
}

/** The newest import. */
async function lastImport(node: Millrace) {
  const response = await node.fetch("/api/imports?limit=1");
  return (await response.json()).data.imports[0];
}

Deno.test("the import endpoint accepts every kind of stream", async (t) => {
  await using node = await startMillrace();
  const total = async (): Promise<number> =>
    (await (await node.fetch("/api/processor/status")).json()).data.processed_total;

  await t.step("each format, by its content type", async () => {
    const bodies: [string, BodyInit][] = [
      ["application/x-ndjson", '{"title":"a","content":"x"}\n{"title":"b","content":"x"}\n'],
      ["application/json", '[{"title":"c","content":"x"},{"title":"d","content":"x"}]'],
      ["text/csv; charset=utf-8", 'title,content\r\ne,"x\n\ny"\r\nf,x\r\n'],
      [
        "application/rss+xml",
        "<rss><channel><item><title>g</title><description>x</description></item>" +
        "<item><title>h</title><description>y</description></item></channel></rss>",
      ],
      [
        "application/atom+xml",
        '<feed xmlns="http://www.w3.org/2005/Atom"><entry><title>i</title><content>x</content>' +
        "</entry><entry><title>j</title><content>y</content></entry></feed>",
      ],
    ];
    for (const [at, [type, body]] of bodies.entries()) {
      const newest_id = 2 * at + 2;
      const { status, body: result } = await send(node, type, body);
      assert.equal(status, 200, type);
      const { id: _, ...figures } = result.data;
      assert.deepEqual(figures, { ...noFigures(), accepted: 2, records: 2, newest_id }, type);
    }
    const page = "<title>k</title><article><p>x</p></article>";
    assert.equal((await send(node, "text/html", page)).body.data.accepted, 1);
    assert.equal((await send(node, "text/plain", "l\n\nx")).body.data.accepted, 1);
    await eventually(async () => assert.equal(await total(), 12));
  });

  await t.step("gzip, by its header or by the file's name", async () => {
    const packed = await gzip('{"title":"m","content":"x"}\n');
    const headers = { "content-encoding": "gzip" };
    const byHeader = await send(node, "application/x-ndjson", packed, { headers });
    assert.equal(byHeader.body.data.accepted, 1);
    const byName = await node.fetch("/api/articles/import?name=new.jsonl.gz", {
      method: "POST",
      headers: { "content-type": "application/gzip" },
      body: packed,
    });
    assert.equal((await byName.json()).data.accepted, 1);
  });

  await t.step(
    "invalid lines are listed by number, valid ones are stored, and duplicates are counted",
    async () => {
      const body = [
        '{"title":"n","content":"x","source":"once"}',
        "{broken",
        '{"title":"x"}',
        '{"title":"n","content":"x","source":"once"}',
        '{"title":"p","content":"x","group_id":0}',
        "",
      ].join("\n");
      const { data } = (await send(node, "application/x-ndjson", body)).body;
      assert.deepEqual([data.accepted, data.duplicates, data.rejected_total], [1, 1, 3]);
      assert.deepEqual(data.rejected.map(({ line }: { line: number }) => line), [2, 3, 5]);
      assert.match(data.rejected[1].error, /^content is missing$/);
    },
  );

  await t.step("an unsupported format is rejected by name", async () => {
    const { status, body } = await send(node, "image/png", "x");
    assert.equal(status, 415);
    assert.match(
      body.message,
      /content type image\/png is not supported; use one of application\/x-ndjson,/,
    );
  });

  await t.step("the articles of truncated gzip are stored, and its end is rejected", async () => {
    const whole = await gzip('{"title":"q","content":"x"}\n'.repeat(1_000));
    const headers = { "content-encoding": "gzip" };
    const cut = whole.subarray(0, whole.length - 20);
    const { status, body } = await send(node, "application/x-ndjson", cut, { headers });
    assert.equal(status, 200);
    assert.ok(body.data.accepted + body.data.duplicates > 100);
    const [{ error }] = body.data.rejected;
    assert.equal(error, "Cannot unpack the gzip data: unexpected end of file");
    assert.equal(body.data.rejected_total, 1);
  });

  await t.step("articles sent before a disconnect are stored", async () => {
    const gone = new AbortController();
    const before = await listed(node, "slow");
    const body = new ReadableStream<Uint8Array>({
      start: (controller) =>
        controller.enqueue(encoder.encode('{"title":"slow","content":"x","group":"slow"}\n')),
    });
    const sending = send(node, "application/x-ndjson", body, { signal: gone.signal });
    await eventually(async () => assert.equal(await listed(node, "slow"), before + 1));
    gone.abort();
    await assert.rejects(sending);
    assert.equal((await node.fetch("/healthz").then((response) => response.json())).success, true);
    assert.equal(await listed(node, "slow"), before + 1);
    await eventually(async () => {
      const { state, resumable, reason } = await lastImport(node);
      assert.deepEqual([state, resumable], ["stopped", true]);
      assert.equal(reason, "The connection ended before the whole input was sent");
    });
  });

  await t.step("an import whose content is refused is not resumable", async () => {
    for (const content of ["%PDF-1.7\n", "PK\x03\x04broken", "\x1f\x8bbroken"]) {
      const { status } = await send(
        node,
        "application/octet-stream",
        Uint8Array.from(content, (each) => each.charCodeAt(0)),
      );
      assert.ok(status === 400 || status === 415, content);
      const { state, resumable } = await lastImport(node);
      assert.deepEqual([state, resumable], ["stopped", false], content);
    }
  });

  await t.step("the sample is imported once", async () => {
    const sample = () =>
      node.fetch("/api/articles/sample", { method: "POST" }).then((response) => response.json());
    const first = (await sample()).data;
    assert.ok(first.accepted > 30);
    const second = (await sample()).data;
    assert.equal(second.accepted, 0);
    assert.equal(second.duplicates, first.accepted + first.duplicates);
  });
});

async function listed(node: Millrace, group: string): Promise<number> {
  const response = await node.fetch(`/api/articles?group=${group}`);
  return (await response.json()).data.articles.length;
}

// The embedded Postgres is not used, because its memory grows while its caches fill.
Deno.test({
  ...withServers("importing 400 MB takes no more memory than importing 200 MB"),
  async fn() {
    await using cluster = await startTestCluster();
    const node = await cluster.startNode("all");

    const block = thousandLines();

    /** Imports about `bytes` bytes; returns the node's peak memory. */
    async function load(bytes: number): Promise<number> {
      const times = Math.ceil(bytes / block.length);
      let highest = 0;
      const watch = setInterval(async () => highest = Math.max(highest, await node.memory()), 100);
      try {
        const { status, text } = await postStream(new URL("/api/articles/import", node.url), {
          headers: { "content-type": "application/x-ndjson" },
          body: repeated(block, times),
          bytes: block.length * times,
        });
        assert.equal(status, 200, text);
        const { accepted, duplicates, rejected_total } = JSON.parse(text).data;
        assert.deepEqual([accepted + duplicates, rejected_total], [1_000 * times, 0]);
      } finally {
        clearInterval(watch);
      }
      return highest;
    }

    // By then the heap has its maximum size, which varies by about 100 MB.
    const few = await load(200 * MEGABYTE);
    const many = await load(400 * MEGABYTE);
    const growth = (many - few) / MEGABYTE;
    assert.ok(growth < 120, `The node grew by ${Math.round(growth)} MB`);
  },
});
