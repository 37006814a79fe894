import assert from "node:assert/strict";
import {
  closeReply,
  createFrameReader,
  encodeFrame,
  FrameError,
  OPCODES,
} from "../../../lib/http/front/socket_frames.ts";

const MASK = [1, 2, 3, 4];

/** A masked client frame. */
function masked(opcode: number, payload: number[], first = 0x80 | opcode): Uint8Array {
  const bytes = payload.map((byte, i) => byte ^ MASK[i % 4]!);
  return new Uint8Array([first, 0x80 | payload.length, ...MASK, ...bytes]);
}

Deno.test("frames are parsed however they are split", () => {
  const bytes = new Uint8Array([
    ...masked(OPCODES.text, [104, 105]),
    ...masked(OPCODES.ping, []),
    ...masked(OPCODES.close, [3, 232]),
  ]);
  for (let size = 1; size <= bytes.length; size++) {
    const read = createFrameReader();
    const frames = [];
    for (let at = 0; at < bytes.length; at += size) {
      frames.push(...read(bytes.slice(at, at + size)));
    }
    assert.deepEqual(frames.map(({ opcode, payload }) => [opcode, [...payload]]), [
      [OPCODES.text, [104, 105]],
      [OPCODES.ping, []],
      [OPCODES.close, [3, 232]],
    ]);
  }
});

Deno.test("a frame that is too long is rejected as soon as its length is known", () => {
  for (const length of [126, 127]) {
    assert.throws(
      () => createFrameReader()(new Uint8Array([0x81, 0x80 | length])),
      (error) => error instanceof FrameError && error.code === 1009,
    );
  }
});

Deno.test("fragments, reserved bits, unknown opcodes and unmasked frames are rejected", () => {
  const broken = [
    masked(OPCODES.text, [1], 0x01),
    masked(0, [1], 0x80),
    masked(OPCODES.text, [1], 0xc1),
    masked(3, [1]),
    masked(11, [1]),
    new Uint8Array([0x81, 1, 65]),
  ];
  for (const bytes of broken) assert.throws(() => createFrameReader()(bytes), FrameError);
});

Deno.test("a sent frame encodes its length in the shortest form", () => {
  const head = (length: number) => [...encodeFrame(OPCODES.text, new Uint8Array(length))];
  assert.deepEqual(head(125).slice(0, 2), [0x81, 125]);
  assert.deepEqual(head(126).slice(0, 4), [0x81, 126, 0, 126]);
  assert.deepEqual(head(65_535).slice(0, 4), [0x81, 126, 255, 255]);
  assert.deepEqual(head(65_536).slice(0, 10), [0x81, 127, 0, 0, 0, 0, 0, 1, 0, 0]);
  assert.equal(head(65_536).length, 65_546);
});

Deno.test("a close frame gets its code as a response, and an invalid one 1002", () => {
  const replyTo = (code: number | null, reason: number[] = []) => {
    const payload = code === null ? [] : [code >> 8, code & 0xff];
    const [high, low] = closeReply(new Uint8Array([...payload, ...reason]));
    return high === undefined ? null : high * 256 + low!;
  };
  assert.equal(replyTo(null), null);
  for (const code of [1000, 1001, 1011, 3000, 4001, 4999]) assert.equal(replyTo(code), code);
  assert.equal(replyTo(1000, [...new TextEncoder().encode("再见")]), 1000);
  for (const code of [0, 999, 1004, 1005, 1006, 1015, 1100, 2999, 5000, 65535]) {
    assert.equal(replyTo(code), 1002, String(code));
  }
  assert.equal(replyTo(1000, [0xff, 0xfe]), 1002);
  assert.deepEqual(closeReply(new Uint8Array([3])), new Uint8Array([3, 234]));
});
