import assert from "node:assert/strict";
import { brotliDecompressSync, gunzipSync } from "node:zlib";
import { createCompression } from "../../lib/http/compression.ts";

const LONG = "long ".repeat(1_000);

function page(text = LONG, headers: Record<string, string> = {}): Response {
  return new Response(text, {
    headers: { "content-type": "text/html; charset=utf-8", ...headers },
  });
}

function asking(accepted: string, headers: Record<string, string> = {}, method = "GET"): Request {
  return new Request("http://localhost/", {
    method,
    headers: { "accept-encoding": accepted, ...headers },
  });
}

Deno.test("a page is compressed with the client's preferred encoding, and sets Vary", async () => {
  const compress = createCompression();
  const chosen: Record<string, string | null> = {
    "gzip, deflate, br, zstd": "br",
    "gzip": "gzip",
    "br;q=0.1, gzip": "gzip",
    "br;q=0, gzip;q=0": null,
    "identity, gzip;q=0.5": null,
    "": null,
    "*": "br",
  };
  for (const [accepted, encoding] of Object.entries(chosen)) {
    const response = await compress(asking(accepted), page());
    assert.equal(response.headers.get("content-encoding"), encoding, accepted);
    assert.equal(response.headers.get("vary"), "Accept-Encoding");
    const bytes = await response.bytes();
    const unpack = { br: brotliDecompressSync, gzip: gunzipSync }[encoding ?? ""] ??
      ((bytes: Uint8Array) => bytes);
    assert.equal(new TextDecoder().decode(unpack(bytes)), LONG);
    if (encoding === null) continue;
    assert.equal(response.headers.get("content-length"), String(bytes.byteLength));
    assert.ok(bytes.byteLength < 200);
  }
});

Deno.test("small, compressed and streamed bodies are not compressed", async () => {
  const compress = createCompression();
  const left: [string, Response, Request?][] = [
    ["a small body", page("short")],
    ["a compressed body", page(LONG, { "content-encoding": "gzip" })],
    [
      "a streamed export",
      page(LONG, { "content-disposition": "attachment", "content-type": "application/json" }),
    ],
    ["a picture", page(LONG, { "content-type": "image/png" })],
    ["events", page(LONG, { "content-type": "text/event-stream" })],
    ["JSON lines", page(LONG, { "content-type": "application/x-ndjson" })],
    ["no-transform", page(LONG, { "cache-control": "no-store, no-transform" })],
    ["no body", new Response(null, { status: 304, headers: { "content-type": "text/css" } })],
  ];
  for (const [what, response, request = asking("br, gzip")] of left) {
    const before = response.headers.get("content-encoding");
    const sent = await compress(request, response);
    assert.equal(sent.headers.get("content-encoding"), before, what);
    assert.equal(sent.status, response.status, what);
    await sent.body?.cancel();
  }
});

Deno.test("cross-site responses are not compressed, because their size could leak secrets", async () => {
  const compress = createCompression();
  const encodings = { "cross-site": null, "same-site": null, "same-origin": "br", "none": "br" };
  for (const [site, encoding] of Object.entries(encodings)) {
    const response = await compress(asking("br", { "sec-fetch-site": site }), page());
    assert.equal(response.headers.get("content-encoding"), encoding, site);
    await response.body?.cancel();
  }
});

Deno.test("status, headers and existing Vary values are kept", async () => {
  const compress = createCompression();
  const response = new Response(LONG, {
    status: 404,
    headers: { "content-type": "text/css", vary: "If-None-Match", "x-other": "kept" },
  });
  const sent = await compress(asking("gzip"), response);
  assert.equal(sent.status, 404);
  assert.equal(sent.headers.get("vary"), "If-None-Match, Accept-Encoding");
  assert.equal(sent.headers.get("x-other"), "kept");
  await sent.body?.cancel();
});

Deno.test("a static file is compressed once per encoding and version", async () => {
  const compress = createCompression();
  const body = async (etag: string, text: string, encoding = "br") => {
    const file = new Response(text, { headers: { "content-type": "text/css", etag } });
    const bytes = await (await compress(asking(encoding), file)).bytes();
    const unpack = encoding === "br" ? brotliDecompressSync : gunzipSync;
    return new TextDecoder().decode(unpack(bytes));
  };
  const [first, second] = ["a".repeat(2_000), "b".repeat(2_000)];
  assert.equal(await body('W/"1"', first), first);
  // Cached by entity tag: reading again does not compress again.
  assert.equal(await body('W/"1"', second), first);
  assert.equal(await body('W/"1"', second, "gzip"), second);
  assert.equal(await body('W/"2"', second), second);
});

Deno.test("a static file is compressed from a smaller size than a response that is made once", async () => {
  const compress = createCompression();
  const encodingOf = async (length: number, headers: Record<string, string>) => {
    const sent = await compress(asking("br"), page("a".repeat(length), headers));
    await sent.body?.cancel();
    return sent.headers.get("content-encoding");
  };
  const file = (length: number) => ({ etag: 'W/"1"', "content-length": String(length) });
  assert.equal(await encodingOf(800, {}), null);
  assert.equal(await encodingOf(800, file(800)), "br");
  assert.equal(await encodingOf(200, file(200)), null);
});
