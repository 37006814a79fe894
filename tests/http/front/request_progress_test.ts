import assert from "node:assert/strict";
import {
  MAX_HEAD_BYTES,
  RequestProgress,
  TIME_LIMITS,
} from "../../../lib/http/front/request_progress.ts";

const bytes = (text: string) => new TextEncoder().encode(text);

function start() {
  let time = 0;
  const progress = new RequestProgress(() => time);
  return { progress, pass: (ms: number) => time += ms };
}

Deno.test("a connection without a request times out when idle", () => {
  const { progress, pass } = start();
  pass(TIME_LIMITS.idle);
  assert.equal(progress.isOverdue(), false);
  pass(1);
  assert.equal(progress.isOverdue(), true);
});

Deno.test("a head that arrives slowly times out, however often a byte arrives", () => {
  const { progress, pass } = start();
  for (let sent = 0; sent <= TIME_LIMITS.head; sent += 1_000) {
    progress.receive(bytes("x"));
    pass(1_000);
  }
  assert.equal(progress.isOverdue(), true);
});

Deno.test("a head that is too long is overdue immediately", () => {
  const { progress } = start();
  progress.receive(new Uint8Array(MAX_HEAD_BYTES + 1));
  assert.equal(progress.isOverdue(), true);
});

Deno.test("a stalled body times out, and a complete one never does", () => {
  const heads: [Record<string, string>, string, string][] = [
    [{ "content-length": "4" }, "ab", "cd"],
    [{ "transfer-encoding": "chunked" }, "2\r\nab\r\n", "0\r\n\r\n"],
  ];
  for (const [headers, half, rest] of heads) {
    const { progress, pass } = start();
    progress.receive(bytes(`POST / HTTP/1.1\r\nhost: x\r\n\r`));
    progress.receive(bytes("\n"));
    progress.begin(new Headers(headers));
    progress.receive(bytes(half));
    pass(TIME_LIMITS.body);
    assert.equal(progress.isOverdue(), false);
    pass(1);
    assert.equal(progress.isOverdue(), true);
    progress.receive(bytes(rest));
    pass(10 * TIME_LIMITS.body);
    assert.equal(progress.isOverdue(), false, "the server has no time limit");
    progress.finish();
    pass(TIME_LIMITS.idle + 1);
    assert.equal(progress.isOverdue(), true);
  }
});

Deno.test("a pipelined request has its own timeout", () => {
  const { progress, pass } = start();
  progress.receive(bytes("GET / HTTP/1.1\r\n\r\n"));
  progress.begin(new Headers());
  progress.receive(bytes("GET /half"));
  progress.finish();
  pass(TIME_LIMITS.head + 1);
  assert.equal(progress.isOverdue(), true);
});

Deno.test("the HTTP version is parsed, however the request line is split", () => {
  const versionOf = (...pieces: string[]) => {
    const { progress } = start();
    for (const piece of pieces) progress.receive(bytes(piece));
    return progress.isHttp10;
  };
  assert.equal(versionOf("GET / HTTP/1.0\r\nHost: x\r\n\r\n"), true);
  assert.equal(versionOf("GET / HTTP/1.0\n"), true);
  assert.equal(
    versionOf(`GET /?${"x".repeat(5_000)} HT`, "TP/1.", "0\r", "\nHost: x\r\n\r\n"),
    true,
  );
  assert.equal(versionOf("GET / HTTP/1.1\r\nX: HTTP/1.0\r\n\r\n"), false);
  assert.equal(versionOf("GET /HTTP/1.0 HTTP/1.1\r\n"), false);
  assert.equal(versionOf("GET / HTTP/1.0"), false);
});

Deno.test("each request on a connection has its own version", () => {
  const { progress } = start();
  progress.receive(bytes("GET / HTTP/1.0\r\nHost: x\r\n\r\n"));
  progress.begin(new Headers());
  progress.finish();
  progress.receive(bytes("GET / HTTP/1.1\r\nHost: x\r\n\r\n"));
  assert.equal(progress.isHttp10, false);
});
