import { sleep } from "../runtime/sleep.ts";

/** The slice size: some milliseconds of parsing even if the input is all line breaks. */
const SLICE_BYTES = 16 * 1024;
/** How long an input may block the event loop, in ms. */
const BLOCK_MS = 10;

/** Interrupts long work, so that the event loop can run other tasks. */
export interface Yielder {
  /**
   * Returns a promise to await when the work has blocked the event loop for long enough; resolves in its next turn,
   * or rejects with the signal's reason.
   */
  yieldIfDue(): Promise<void> | undefined;
  /** Whether `yieldIfDue` would return a promise. */
  isDue(): boolean;
  /** Aborts when the result is no longer needed. */
  readonly signal: AbortSignal | undefined;
}

export function createYielder(signal?: AbortSignal): Yielder {
  let began = performance.now();

  async function yieldNow() {
    await sleep(0);
    began = performance.now();
    signal?.throwIfAborted();
  }

  const isDue = () => performance.now() - began > BLOCK_MS;
  return {
    yieldIfDue: () => isDue() ? yieldNow() : undefined,
    isDue,
    signal,
  };
}

/**
 * Yields a body in slices and returns to the event loop between them, so that parsing a large body does not
 * block others. Throws the reason of the yielder's signal when that aborts.
 */
export async function* yieldBetweenSlices(
  body: AsyncIterable<Uint8Array>,
  yielder: Yielder,
): AsyncGenerator<Uint8Array> {
  for await (const chunk of body) {
    for (let at = 0; at < chunk.length; at += SLICE_BYTES) {
      await yielder.yieldIfDue();
      yielder.signal?.throwIfAborted();
      yield chunk.subarray(at, at + SLICE_BYTES);
    }
  }
}
