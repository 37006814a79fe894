import assert from "node:assert/strict";
import { hasLine, peekStream } from "../../lib/intake/peek_stream.ts";

Deno.test("the head of a stream of single bytes is checked in linear time, and no byte is lost", async () => {
  const bytes = new Uint8Array(60_000).map((_, at) => at % 32);
  bytes[59_999] = 0x41;
  async function* stream() {
    for (const byte of bytes) yield Uint8Array.of(byte);
    yield Uint8Array.of(0x0A);
  }
  let checked = 0;
  const { body } = await peekStream(stream(), 64 * 1024, (head) => {
    checked += head.length;
    return hasLine(head);
  });
  const read = (await Array.fromAsync(body)).flatMap((part) => [...part]);
  assert.deepEqual(read, [...bytes, 0x0A]);
  // Each check reads the whole head: 1.8 billion bytes if each byte is followed by one.
  assert.ok(checked < 20 * bytes.length, `${checked} bytes were checked`);
});
