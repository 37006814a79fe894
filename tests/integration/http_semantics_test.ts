import assert from "node:assert/strict";
import { checkMatch } from "../../lib/http/articles/article_etag.ts";
import { requestData, requestError } from "../support/request_json.ts";
import { type Millrace, startMillrace } from "../support/millrace.ts";
import { rawRequest } from "../support/raw_request.ts";

const ASSET = "/styles/tokens.css";
const ARTICLE = "/api/articles/1";
/** Pages, assets, the API, and refusals; all but pages have the same body at each request. */
const STEADY = [
  ASSET,
  ARTICLE,
  "/healthz",
  "/api/articles",
  "/api/openapi.json",
  "/reference",
  "/api/nope",
  "/nope",
  "/api/articles?limit=0",
  "/api/processor/start",
  "/articles/999",
];
/** Bodies that are streamed, or change meanwhile. */
const STREAMED = ["/failures/export", "/failures/export?format=json", "/api/events/export"];

async function fetchAll(node: Millrace, path: string, headers: Record<string, string>) {
  // A compressed body has no length once it is decompressed, so no encoding is the default.
  const all = { "accept-encoding": "identity", ...headers };
  const response = await node.fetch(path, { headers: all });
  return { response, bytes: await response.bytes() };
}

Deno.test("a node follows RFC 9110 for HEAD, conditions and ranges", async (t) => {
  await using node = await startMillrace();
  const article = { title: "A", content: "<p>我们去银行，行人很多。</p>".repeat(50), source: "a" };
  await requestData(node, "POST", "/api/processor/stop");
  await requestData(node, "POST", "/api/articles", article);

  await t.step("HEAD has the status and the headers of GET, with its length", async () => {
    for (const path of STEADY) {
      for (const encoding of ["identity", "br", "gzip"]) {
        const headers = { "accept-encoding": encoding };
        const head = await node.fetch(path, { method: "HEAD", headers });
        assert.equal((await head.bytes()).length, 0, path);
        const get = await node.fetch(path, { headers });
        const bytes = await get.bytes();
        assert.equal(head.status, get.status, path);
        for (const name of ["content-type", "content-encoding", "etag", "vary", "allow"]) {
          assert.equal(head.headers.get(name), get.headers.get(name), `${path} ${name}`);
        }
        // A page has the state of the stream and a nonce, whose lengths vary.
        const isPage = get.headers.get("content-type")?.startsWith("text/html");
        const length = Number(head.headers.get("content-length"));
        const expected = get.headers.has("content-encoding")
          ? Number(get.headers.get("content-length"))
          : bytes.length;
        const close = isPage ? expected * 0.2 : 0;
        const what = `${path} ${encoding}: ${length}, not ${expected}`;
        assert.ok(length > 0 && Math.abs(length - expected) <= close, what);
      }
    }
  });

  await t.step("HEAD of a streamed file has no length, and ends its stream", async () => {
    for (const path of STREAMED) {
      const { status, headers } = await node.fetch(path, { method: "HEAD" });
      assert.equal(status, 200);
      assert.equal(headers.get("content-length"), null, path);
      assert.match(headers.get("content-disposition") ?? "", /^attachment/);
    }
  });

  await t.step("HEAD is guarded as GET is", async () => {
    const statuses = async (headers: Record<string, string>) => [
      (await rawRequest(node.port, "GET /api/articles", headers)).status,
      (await rawRequest(node.port, "HEAD /api/articles", headers)).status,
    ];
    assert.deepEqual(await statuses({ host: "localhost" }), [200, 200]);
    assert.deepEqual(await statuses({ host: "other.example" }), [403, 403]);
    assert.deepEqual(await statuses({ host: "localhost", forwarded: "for=10.0.0.1" }), [403, 403]);
    for (const method of ["GET", "HEAD"]) {
      using connection = await Deno.connect({ hostname: "127.0.0.1", port: node.port });
      const request = `${method} /api/articles HTTP/1.0\r\nHost: localhost\r\n\r\n`;
      await connection.write(new TextEncoder().encode(request));
      const buffer = new Uint8Array(1_000);
      const length = await connection.read(buffer);
      const reply = new TextDecoder().decode(buffer.subarray(0, length ?? 0));
      assert.match(reply, /^HTTP\/1\.\d 403 /, `${method} in HTTP/1.0, as a proxy sends it`);
    }
  });

  await t.step("If-None-Match is a list that is compared weakly; dates are ignored", async () => {
    for (const path of [ASSET, ARTICLE]) {
      const { response: { headers: { get }, headers } } = await fetchAll(node, path, {});
      const etag = get.call(headers, "etag") ?? "";
      const opaque = etag.replace(/^W\//, "");
      const conditions: [string, string, 200 | 304][] = [
        ["if-none-match", etag, 304],
        ["if-none-match", opaque, 304],
        ["if-none-match", `W/${opaque}`, 304],
        ["if-none-match", `"x", W/"y,z" ,${etag}`, 304],
        ["if-none-match", "*", 304],
        ["if-none-match", '"x"', 200],
        ["if-none-match", `"x${opaque.slice(1)}`, 200],
        // The framework accepts the hash of a file without quotes.
        ["if-none-match", opaque.slice(1, -1), path === ASSET ? 304 : 200],
        ["if-none-match", "", 200],
        ["if-modified-since", "Fri, 27 Nov 2099 10:00:00 GMT", 200],
        ["if-modified-since", "yesterday", 200],
      ];
      for (const [name, value, status] of conditions) {
        for (const method of ["GET", "HEAD"]) {
          const response = await node.fetch(path, { method, headers: { [name]: value } });
          const bytes = await response.bytes();
          assert.equal(response.status, status, `${method} ${path} ${name}: ${value}`);
          if (status === 200) continue;
          assert.equal(bytes.length, 0);
          assert.equal(response.headers.get("etag")?.replace(/^W\//, ""), opaque);
          assert.equal(response.headers.get("content-length"), null);
        }
      }
    }
    const refused = await fetchAll(node, "/api/articles/999", { "if-none-match": "*" });
    assert.equal(refused.response.status, 404);
    const compressed = await fetchAll(node, ARTICLE, { "accept-encoding": "br" });
    assert.match(compressed.response.headers.get("etag") ?? "", /^W\//);
  });

  await t.step("a range is ignored: the response is the whole", async () => {
    const ranges = ["bytes=0-3", "bytes=-3", "bytes=9999999-", "bytes=5-1", "lines=1-2", "x", ""];
    for (const path of [ASSET, ARTICLE, "/failures/export", "/api/events/export", "/reference"]) {
      const whole = await fetchAll(node, path, {});
      for (const range of ranges) {
        const { response, bytes } = await fetchAll(node, path, { range, "if-range": '"x"' });
        assert.equal(response.status, 200, `${path} ${range}`);
        assert.equal(response.headers.get("content-range"), null);
        assert.ok(bytes.length >= whole.bytes.length * 0.8, `${path} ${range}`);
      }
    }
  });

  await t.step("a change is refused where its condition does not hold", async () => {
    const etag = (await fetchAll(node, ARTICLE, {})).response.headers.get("etag") ?? "";
    const path = "/api/articles?source=a";
    const changes: [string, string, string, RegExp][] = [
      ["PUT", "if-match", '"x"', /If-Match names another version/],
      ["PUT", "if-none-match", "*", /If-None-Match names/],
      ["PUT", "if-none-match", `"x", ${etag}`, /If-None-Match names/],
      ["DELETE", "if-match", '"x", "y"', /If-Match names another version/],
      ["DELETE", "if-none-match", "*", /If-None-Match names/],
    ];
    for (const [method, name, value, expected] of changes) {
      const headers = { [name]: value, "content-type": "application/json" };
      const body = method === "PUT" ? JSON.stringify({ content: "B" }) : null;
      const response = await node.fetch(path, { method, headers, body });
      assert.equal(response.status, 412, `${method} ${name}: ${value}`);
      const { message, code } = await response.json();
      assert.match(message, expected);
      assert.equal(typeof code, "string");
    }
    const put = async (source: string, headers: Record<string, string>) => {
      const response = await node.fetch(`/api/articles?source=${source}`, {
        method: "PUT",
        headers: { ...headers, "content-type": "application/json" },
        body: JSON.stringify({ content: `The text of ${source}` }),
      });
      await response.body?.cancel();
      return response.status;
    };
    assert.equal(await put("b", { "if-none-match": "*" }), 201);
    assert.equal(await put("b", { "if-none-match": "*" }), 412);
    assert.equal(await put("a", { "if-match": `"x", ${etag}` }), 200);
    assert.equal(await put("c", { "if-match": "*" }), 412);
    const toMissing = new Request(node.url, { headers: { "if-match": etag } });
    assert.throws(() => checkMatch(toMissing, null), /The article does not exist/);
    assert.match(await requestError(node, 404, "DELETE", "/api/articles?source=c"), /source c$/);
  });
});
