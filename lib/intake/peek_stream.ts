/** Every chunk is checked up to this number; then only a head that has grown by an eighth, for chunks of a byte. */
const CHECKED_CHUNKS = 256;

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
  /** Contains the head, with room for more. */
  let buffer: Uint8Array = head;
  let checks = 0;
  let checkedLength = 0;
  let isDone = false;
  let failure: { error: unknown } | null = null;

  function add(chunk: Uint8Array): void {
    const length = head.length + chunk.length;
    if (head.length === 0) buffer = chunk;
    else {
      if (length > buffer.length) {
        buffer = new Uint8Array(2 * length);
        buffer.set(head);
      }
      buffer.set(chunk, head.length);
    }
    head = buffer.subarray(0, length);
  }

  function isComplete(): boolean {
    if (head.length === 0) return false;
    if (checks >= CHECKED_CHUNKS && head.length < checkedLength * 1.125) return false;
    checks++;
    checkedLength = head.length;
    return isEnough(head);
  }

  while (!isDone && head.length < atMost && !isComplete()) {
    const next = await chunks.next().catch((error: unknown) => {
      failure = { error };
    });
    if (next === undefined || next.done) isDone = true;
    else add(next.value);
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
