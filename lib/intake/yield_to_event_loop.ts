import { sleep } from "../runtime/sleep.ts";

/** The slice size: some milliseconds of parsing even if the input is all line breaks. */
const SLICE_BYTES = 16 * 1024;
/** How long an input may block the event loop, in ms. */
const BLOCK_MS = 10;

/** Interrupts long work, so that the event loop can run other tasks. */
export interface Yielder {
  /** Returns a promise to await when the work has blocked the event loop for long enough; resolves in its next turn. */
  yieldIfDue(): Promise<void> | undefined;
}

export function createYielder(): Yielder {
  let began = performance.now();

  async function yieldNow() {
    await sleep(0);
    began = performance.now();
  }

  return { yieldIfDue: () => performance.now() - began > BLOCK_MS ? yieldNow() : undefined };
}

/**
 * Yields a body in slices and returns to the event loop between them, so that parsing a large body does not
 * block others. Throws the signal's reason when the client disconnects.
 */
export async function* yieldBetweenSlices(
  body: AsyncIterable<Uint8Array>,
  yielder: Yielder,
  signal?: AbortSignal,
): AsyncGenerator<Uint8Array> {
  for await (const chunk of body) {
    for (let at = 0; at < chunk.length; at += SLICE_BYTES) {
      await yielder.yieldIfDue();
      signal?.throwIfAborted();
      yield chunk.subarray(at, at + SLICE_BYTES);
    }
  }
}
