/** The slice size: some milliseconds of parsing even if the input is all line breaks. */
const SLICE_BYTES = 16 * 1024;
/** How long an input may block the event loop, in ms. */
const TURN_MS = 10;

/** Divides long work into turns of the event loop. */
export interface Turns {
  /** Returns a promise to await when the turn is over, which resolves in the next one. */
  next(): Promise<void> | undefined;
}

export function createTurns(): Turns {
  let began = performance.now();

  async function giveWay() {
    await new Promise((resolve) => setTimeout(resolve, 0));
    began = performance.now();
  }

  return { next: () => performance.now() - began > TURN_MS ? giveWay() : undefined };
}

/**
 * Yields a body in slices and returns to the event loop between them, so that parsing a large body does not
 * block others. Throws the signal's reason when the client disconnects.
 */
export async function* inTurns(
  body: AsyncIterable<Uint8Array>,
  turns: Turns,
  signal?: AbortSignal,
): AsyncGenerator<Uint8Array> {
  for await (const chunk of body) {
    for (let at = 0; at < chunk.length; at += SLICE_BYTES) {
      await turns.next();
      signal?.throwIfAborted();
      yield chunk.subarray(at, at + SLICE_BYTES);
    }
  }
}
