import { Buffer } from "node:buffer";
import assert from "node:assert/strict";
import { brotliCompressSync, constants, gzipSync, zstdCompressSync } from "node:zlib";
import { unpacked as unpack } from "../../lib/intake/bytes/unpack.ts";
import { bodyOf, bytesOf } from "../support/byte_stream.ts";

async function read(bytes: Uint8Array, lengths: number[] = []) {
  const notes: string[] = [];
  const say = (note: string) => void notes.push(note);
  const pieces = await Array.fromAsync(unpack(bodyOf(bytes, lengths), null, { say }));
  return { text: Buffer.concat(pieces).toString(), notes };
}

async function unpacked(bytes: Uint8Array, lengths: number[] = []): Promise<string> {
  return (await read(bytes, lengths)).text;
}

const SILENT = { say: () => {} };

const PACKED = Uint8Array.from(gzipSync("银行 ".repeat(1_000)));

Deno.test("gzip is decompressed independently of chunk boundaries, also with several members", async () => {
  assert.equal(await unpacked(PACKED, [1]), "银行 ".repeat(1_000));
  for (const padding of [0, 5, 1_000]) {
    const two = Uint8Array.of(...PACKED, ...new Uint8Array(padding), ...PACKED);
    assert.equal(await unpacked(two, [7]), "银行 ".repeat(2_000));
  }
});

Deno.test("zstd is decompressed with several frames, and without skippable ones", async () => {
  const frames = ["银行", "码头 ".repeat(50_000), ""].map((text) => zstdCompressSync(text));
  const skipped = Uint8Array.of(0x5A, 0x2A, 0x4D, 0x18, 3, 0, 0, 0, 1, 2, 3);
  const packed = Uint8Array.of(...frames[0]!, ...skipped, ...frames[1]!, ...frames[2]!);
  for (const length of [1, 7, 100_000]) {
    assert.equal(await unpacked(packed, [length]), "银行" + "码头 ".repeat(50_000));
  }
});

Deno.test("truncated zstd and brotli throw", async () => {
  const text = Array.from({ length: 5_000 }, (_, index) => Math.sin(index)).join("\n");
  const zstd = Uint8Array.from(zstdCompressSync(text));
  const brotli = Uint8Array.from(brotliCompressSync(text));
  for (const cut of [1, 2, 1_000]) {
    const message = "Cannot unpack the zstd data: unexpected end of file";
    await assert.rejects(unpacked(zstd.subarray(0, -cut), [9]), { name: "TypeError", message });
    const reading = Array.fromAsync(
      unpack(bodyOf(brotli.subarray(0, -cut), [9]), "brotli", SILENT),
    );
    await assert.rejects(reading, { name: "TypeError", message: /^Cannot unpack the brotli data/ });
  }
});

Deno.test("bytes after brotli throw", async () => {
  const packed = brotliCompressSync("银行 ".repeat(1_000));
  for (const length of [1, 7, 100_000]) {
    const body = bodyOf(Uint8Array.of(...packed, 1, 2), [length]);
    const message = "Cannot unpack the brotli data: other bytes follow it";
    await assert.rejects(Array.fromAsync(unpack(body, "brotli", SILENT)), { message });
  }
});

Deno.test("bytes after compressed data are skipped with a note, zeros after gzip without one", async () => {
  const zstd = Uint8Array.from(zstdCompressSync("银行 ".repeat(1_000)));
  const cases: [Uint8Array, string, string[]][] = [
    [PACKED, "\0".repeat(600), []],
    [PACKED, "more text", ["the gzip data is followed by 9 other bytes, which were skipped"]],
    [PACKED, "\0\0\x1f", ["the gzip data is followed by 1 other byte, which was skipped"]],
    [zstd, "more text", ["the zstd data is followed by 9 other bytes, which were skipped"]],
    [zstd, "ab", ["the zstd data is followed by 2 other bytes, which were skipped"]],
  ];
  for (const [packed, rest, notes] of cases) {
    for (const length of [1, 7, 100_000]) {
      const found = await read(Uint8Array.of(...packed, ...bytesOf(rest)), [length]);
      assert.deepEqual(found, { text: "银行 ".repeat(1_000), notes }, `${rest} in ${length}`);
    }
  }
});

Deno.test("corrupt or truncated gzip throws", async () => {
  const broken = PACKED.map((byte, at) => at === PACKED.length - 6 ? byte ^ 1 : byte);
  const cases: [Uint8Array, RegExp][] = [
    [PACKED.subarray(0, -4), /^Cannot unpack the gzip data: unexpected end of file$/],
    [
      broken,
      /^Cannot unpack the gzip data: the checksum does not match, so what was read of it may be wrong$/,
    ],
  ];
  for (const [bytes, message] of cases) {
    await assert.rejects(unpacked(bytes, [5]), { name: "TypeError", message });
  }
});

Deno.test("data whose checksum is wrong are yielded before the error", async () => {
  const params = { [constants.ZSTD_c_checksumFlag]: 1 };
  const zstd = Uint8Array.from(zstdCompressSync("银行 ".repeat(1_000), { params }));
  const cases = [["gzip", PACKED, 6], ["zstd", zstd, 1]] as const;
  for (const [packing, packed, fromEnd] of cases) {
    const broken = packed.map((byte, at) => at === packed.length - fromEnd ? byte ^ 1 : byte);
    for (const length of [1, 7, 100_000]) {
      let text = "";
      const reading = (async () => {
        const decoder = new TextDecoder();
        for await (const piece of unpack(bodyOf(broken, [length]), null, SILENT)) {
          text += decoder.decode(piece, { stream: true });
        }
      })();
      const message =
        `Cannot unpack the ${packing} data: the checksum does not match, so what was read of it may be wrong`;
      await assert.rejects(reading, { name: "TypeError", message });
      assert.equal(text, "银行 ".repeat(1_000), `${packing} in ${length}`);
    }
  }
});

Deno.test("what truncated data unpacks to is yielded before the error, however they are divided", async () => {
  const text = Array.from({ length: 20_000 }, (_, index) => Math.sin(index)).join("\n");
  const packings = [gzipSync, zstdCompressSync, brotliCompressSync].map((pack) => pack(text));
  for (const [index, packed] of packings.entries()) {
    const said = index === 2 ? "brotli" : null;
    const cut = Uint8Array.from(packed).subarray(0, packed.length / 2);
    const read = async (lengths: number[]) => {
      let length = 0;
      const reading = (async () => {
        for await (const piece of unpack(bodyOf(cut, lengths), said, SILENT)) {
          length += piece.length;
        }
      })();
      await assert.rejects(reading, { name: "TypeError" });
      return length;
    };
    const whole = await read([cut.length]);
    assert.ok(whole > text.length / 4, `${whole} of ${text.length} characters`);
    for (const lengths of [[1], [7, 1_000], [4_096], [65_536, 3]]) {
      assert.equal(await read(lengths), whole, `${index} in chunks of ${lengths}`);
    }
  }
});

Deno.test("an error of the body during decompression is rethrown", async () => {
  const body = ReadableStream.from((function* () {
    yield PACKED.subarray(0, 20);
    throw new Error("the client went away");
  })());
  await assert.rejects(Array.fromAsync(unpack(body, null, SILENT)), {
    message: "the client went away",
  });
});

Deno.test("stopping early cancels the body", async () => {
  let cancelled = false;
  const body = new ReadableStream<Uint8Array>({
    pull: (controller) => controller.enqueue(PACKED),
    cancel: () => void (cancelled = true),
  });
  for await (const _chunk of unpack(body, null, SILENT)) break;
  while (!cancelled) await new Promise((resolve) => setTimeout(resolve, 1));
});

Deno.test("uncompressed data pass through, and twice compressed data are decompressed twice", async () => {
  assert.equal(await unpacked(bytesOf("plain text"), [2]), "plain text");
  assert.equal(await unpacked(new Uint8Array()), "");
  assert.equal(await unpacked(Uint8Array.from(gzipSync(PACKED)), [9]), "银行 ".repeat(1_000));
});

Deno.test("data that expands more than 200 times is rejected, except below 1 MB", async () => {
  const bomb = (bytes: number) => Uint8Array.from(gzipSync(new Uint8Array(bytes)));
  assert.equal((await unpacked(bomb(1024 * 1024))).length, 1024 * 1024);
  await assert.rejects(unpacked(bomb(4 * 1024 * 1024)), {
    name: "TypeError",
    message: "Cannot unpack the gzip data: it unpacks to more than 200 times its size",
  });
});
