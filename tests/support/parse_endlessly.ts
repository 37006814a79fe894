/**
 * Parses 100 MB of articles and then one article of 100 MB, in each format. Prints the maximum memory growth
 * of the process in bytes, one line per run.
 */
import assert from "node:assert/strict";
import { bytesOf } from "./byte_stream.ts";
import { RECORD_FORMATS } from "./record_formats.ts";

const LENGTH = 100e6;

let most = 0;

function* repeated(piece: Uint8Array) {
  for (let sent = 0; sent < LENGTH; sent += piece.length) {
    yield piece;
    most = Math.max(most, Deno.memoryUsage().rss);
  }
}

for (const { name, parser, head, article, tail } of RECORD_FORMATS) {
  const [start = "", end = ""] = article("|").split("|");
  const articles = bytesOf(article(`银行 ${"long ".repeat(200)}`).repeat(50));
  const part = bytesOf("long 银行 ".repeat(5_000));
  const before = Deno.memoryUsage().rss;
  most = before;
  const body = ReadableStream.from((function* () {
    yield bytesOf(head);
    yield* repeated(articles);
    yield bytesOf(start);
    yield* repeated(part);
    yield bytesOf(end + article("last") + tail);
  })());

  let read = 0;
  const others: string[] = [];
  for await (const some of parser(body)) {
    for (const one of some) {
      if (one.kind === "rejected") others.push(one.error);
      else read++;
    }
  }
  assert.equal(read, 50 * Math.ceil(LENGTH / articles.length) + 1);
  assert.deepEqual(others, ["the record is longer than 2 MB"]);
  const line = JSON.stringify({ name, grown: most - before });
  Deno.stdout.writeSync(bytesOf(`${line}\n`));
}
