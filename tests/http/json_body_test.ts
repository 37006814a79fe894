import assert from "node:assert/strict";
import { HttpError } from "fresh";
import { jsonBody } from "../../lib/http/json_body.ts";

function request(body: BodyInit, type: string | null = "application/json") {
  const headers = type === null ? {} : { "content-type": type };
  return new Request("http://localhost/", { method: "POST", body, headers });
}

async function refusal(sent: Request, maxBytes = 100) {
  const error = await jsonBody(sent, maxBytes).then(() => null, (error) => error);
  assert.ok(error instanceof HttpError);
  return `${error.status} ${error.message}`;
}

Deno.test("JSON is parsed, whatever parameters its content type has", async () => {
  assert.deepEqual(await jsonBody(request('{"a":"中"}'), 100), { a: "中" });
  assert.deepEqual(await jsonBody(request("[1]", "Application/JSON; charset=utf-8"), 100), [1]);
});

Deno.test("another content type is rejected by name", async () => {
  assert.match(await refusal(request("a=1", "text/plain")), /^415 .* it is text\/plain$/);
  assert.match(await refusal(request(new Uint8Array([1]), null)), /^415 .* it is missing$/);
});

Deno.test("a compressed body is rejected", async () => {
  const packed = request("{}");
  packed.headers.set("content-encoding", "gzip");
  assert.match(await refusal(packed), /^415 .* its content encoding is gzip$/);
});

Deno.test("a body that would block the event loop or exhaust the stack is rejected", async () => {
  const most = 2_000_000;
  const many = `[${Array(50_000).fill('{"a":1}').join(",")}]`;
  assert.equal(
    (await jsonBody(request(`{"a":[${"1,".repeat(50_000)}1]}`), most) as { a: [] }).a.length,
    50_001,
  );
  assert.match(await refusal(request(many), most), /^413 The body has more than 60,000 values/);
  const nested = (depth: number) => "[".repeat(depth) + "]".repeat(depth);
  await jsonBody(request(nested(100)), most);
  for (const depth of [101, 20_000]) {
    assert.equal(
      await refusal(request(nested(depth)), most),
      "400 The body is nested more than 100 deep",
    );
  }
});

Deno.test("invalid JSON is rejected with the parser's message", async () => {
  assert.match(await refusal(request('{"a":}')), /^400 The body is not JSON: Unexpected token '}'/);
  assert.match(await refusal(request("")), /^400 The body is not JSON/);
  assert.match(
    await refusal(request(new Uint8Array([34, 255, 34]))),
    /^400 The body cannot be read/,
  );
});

Deno.test("a body that is too long is rejected, with or without Content-Length", async () => {
  const endless = new ReadableStream<Uint8Array>({
    pull: (controller) => controller.enqueue(new TextEncoder().encode("[[[[[[[[[[")),
  });
  assert.match(await refusal(request(endless)), /^413 The body is longer than 100 bytes$/);
  assert.match(await refusal(request(JSON.stringify("x".repeat(100)))), /^413/);
});
