import { joinBytes } from "./bytes/join_bytes.ts";

/**
 * Peeks at a stream: returns its head and the whole stream. `head` ends when `isEnough` returns true, at
 * `atMost` bytes, or with the stream; if that fails, the whole stream fails after its head.
 */
export async function peekStream(
  stream: AsyncIterable<Uint8Array>,
  atMost: number,
  isEnough: (head: Uint8Array) => boolean = ({ length }) => length >= atMost,
): Promise<{ head: Uint8Array; body: AsyncGenerator<Uint8Array> }> {
  const chunks = stream[Symbol.asyncIterator]();
  let head: Uint8Array = new Uint8Array();
  let isDone = false;
  let failure: { error: unknown } | null = null;
  while (!isDone && head.length < atMost && !(head.length > 0 && isEnough(head))) {
    const next = await chunks.next().catch((error: unknown) => {
      failure = { error };
    });
    if (next === undefined || next.done) isDone = true;
    else head = joinBytes(head, next.value);
  }
  async function* body() {
    try {
      if (head.length > 0) yield head;
      if (failure !== null) throw failure.error;
      if (isDone) return;
      for (let next = await chunks.next(); !next.done; next = await chunks.next()) yield next.value;
    } finally {
      await chunks.return?.();
    }
  }
  return { head: head.subarray(0, atMost), body: body() };
}

/** Whether the head contains a non-blank line. */
export function hasLine(head: Uint8Array): boolean {
  const start = head.findIndex((byte) => byte > 0x20);
  return start !== -1 && head.includes(0x0A, start);
}
