import { Buffer } from "node:buffer";
import assert from "node:assert/strict";
import { brotliCompressSync, gzipSync, zstdCompressSync } from "node:zlib";
import { expected } from "../../lib/intake/format_name.ts";
import { readInput } from "../../lib/intake/read_input.ts";
import { allOf } from "../support/byte_stream.ts";
import { longestStall } from "../support/longest_stall.ts";
import { tarEntry } from "../support/tar_entry.ts";

/** The limit is 20 ms on an idle machine; each of these took from 150 to 600 ms before it was bounded. */
const MOST_STALL = 60;

const EMPTY = new Uint8Array();
const repeated = (bytes: Uint8Array, times: number) => Buffer.concat(Array(times).fill(bytes));
const tarOf = (entry: Uint8Array) => Buffer.concat([repeated(entry, 6_000), Buffer.alloc(1024)]);

const ARCHIVES = [
  ["a tar of empty files", gzipSync(tarOf(tarEntry("a.json", "")))],
  ["a tar of folders", gzipSync(tarOf(tarEntry("a", "", { type: "5" })))],
  ["gzip of empty members", repeated(gzipSync(EMPTY), 12_000)],
  ["zstd of empty frames", repeated(zstdCompressSync(EMPTY), 20_000)],
] as const;

function read(bytes: Uint8Array, signal?: AbortSignal) {
  const body = new Blob([new Uint8Array(bytes)]).stream();
  return allOf(
    readInput(body, expected({ contentType: "application/x-ndjson" }), signal && { signal }),
  );
}

for (const [what, bytes] of ARCHIVES) {
  Deno.test(`${what} does not hold the event loop, and ends with its client`, async () => {
    const stall = await longestStall(() => read(bytes));
    assert.ok(stall < MOST_STALL, `the event loop was held for ${stall} ms`);
    const gone = new AbortController();
    const reading = read(bytes, gone.signal);
    gone.abort(new Error("the client is gone"));
    await assert.rejects(reading, { message: "the client is gone" });
  });
}

const BOMBS = [
  ["br", brotliCompressSync(Buffer.alloc(64 * 1024 * 1024, "a"))],
  ["zstd", zstdCompressSync(Buffer.alloc(64 * 1024 * 1024, "a"))],
] as const;

for (const [contentEncoding, bytes] of BOMBS) {
  Deno.test(`a bomb of ${contentEncoding} is refused before it is unpacked`, async () => {
    const stall = await longestStall(() => {
      const body = new Blob([new Uint8Array(bytes)]).stream();
      const what = expected({ contentType: "application/x-ndjson", contentEncoding });
      const message = /it unpacks to more than 200 times its size$/;
      return assert.rejects(Array.fromAsync(readInput(body, what)), { message });
    });
    assert.ok(stall < MOST_STALL, `the event loop was held for ${stall} ms`);
  });
}
