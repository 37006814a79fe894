import assert from "node:assert/strict";
import { gzipSync } from "node:zlib";
import { gunzip } from "../../lib/intake/gunzip.ts";
import { bodyOf, bytesOf } from "../support/byte_stream.ts";

async function unpacked(bytes: Uint8Array, lengths: number[] = []): Promise<string> {
  return await new Response(ReadableStream.from(gunzip(bodyOf(bytes, lengths)))).text();
}

const PACKED = Uint8Array.from(gzipSync("银行 ".repeat(1_000)));

Deno.test("gzip is unpacked wherever it is cut, and when it has several members", async () => {
  assert.equal(await unpacked(PACKED, [1]), "银行 ".repeat(1_000));
  assert.equal(await unpacked(Uint8Array.of(...PACKED, ...PACKED), [7]), "银行 ".repeat(2_000));
});

Deno.test("gzip that is broken, cut off or no gzip at all throws and says so", async () => {
  const broken = PACKED.map((byte, at) => at === PACKED.length - 6 ? byte ^ 1 : byte);
  const cases: [Uint8Array, RegExp][] = [
    [PACKED.subarray(0, -4), /^Cannot unpack the gzip data: unexpected end of file$/],
    [broken, /^Cannot unpack the gzip data: incorrect data check$/],
    [bytesOf("plain text"), /^Cannot unpack the gzip data: incorrect header check$/],
    [new Uint8Array(), /^Cannot unpack the gzip data: unexpected end of file$/],
  ];
  for (const [bytes, message] of cases) {
    await assert.rejects(unpacked(bytes, [5]), { name: "TypeError", message });
  }
});

Deno.test("a body that fails while it is unpacked throws its own error", async () => {
  const body = ReadableStream.from((function* () {
    yield PACKED.subarray(0, 20);
    throw new Error("the client went away");
  })());
  await assert.rejects(Array.fromAsync(gunzip(body)), { message: "the client went away" });
});

Deno.test("unpacking that is left half-way lets go of the body", async () => {
  let cancelled = false;
  const body = new ReadableStream<Uint8Array>({
    pull: (controller) => controller.enqueue(PACKED),
    cancel: () => void (cancelled = true),
  });
  for await (const _chunk of gunzip(body)) break;
  while (!cancelled) await new Promise((resolve) => setTimeout(resolve, 1));
});
