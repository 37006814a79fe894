/** How many bytes of a body may be relayed before the application has read them. */
export const WINDOW_BYTES = 2 ** 20;
/** A read that is pending for this many ms means that everything relayed has been read. */
const EMPTY_MS = 5;

/**
 * Backpressure for the body of one request. Deno's HTTP server receives as fast as a client sends, whether or not the
 * application reads, into a buffer without a limit that it moves at each read. So the front relays only a window ahead
 * of the application.
 *
 * The framing of a chunked body is relayed, too, but never read: when a read stays pending, the window is empty.
 */
export class RelayWindow {
  /** Relayed and not read. */
  #ahead = 0;
  #isEnded = false;
  #resume: (() => void) | null = null;
  #reads = 0;
  #isReading = false;
  #emptyTimer: ReturnType<typeof setTimeout> | undefined;

  /** Called when `length` bytes have been relayed; resolves when the next ones may be. */
  admit(length: number): Promise<void> | undefined {
    this.#ahead += length;
    if (this.#isEnded || this.#ahead < WINDOW_BYTES) return undefined;
    this.#watchRead();
    return new Promise((resolve) => void (this.#resume = resolve));
  }

  /** Whether relaying waits for the application. */
  get isFull(): boolean {
    return this.#resume !== null;
  }

  /** Returns `body`, and counts what is read of it. */
  count(body: ReadableStream<Uint8Array>): ReadableStream<Uint8Array> {
    const reader = body.getReader();
    return new ReadableStream<Uint8Array>({
      pull: async (controller) => {
        this.#reads++;
        this.#isReading = true;
        const next = await reader.read();
        this.#isReading = false;
        if (next.done) return controller.close();
        this.#setAhead(this.#ahead - next.value.length);
        controller.enqueue(next.value);
      },
      cancel: (reason) => reader.cancel(reason),
    }, { highWaterMark: 0 });
  }

  /** Lifts the limit: the request is finished, or the connection closed. */
  end(): void {
    this.#isEnded = true;
    this.#setAhead(0);
  }

  /** Empties the full window if the same read is pending all the time. */
  #watchRead() {
    const read = this.#isReading ? this.#reads : null;
    this.#emptyTimer = setTimeout(() => {
      if (this.#isReading && this.#reads === read) this.#setAhead(0);
      else this.#watchRead();
    }, EMPTY_MS);
  }

  #setAhead(bytes: number) {
    this.#ahead = bytes;
    if (bytes >= WINDOW_BYTES || this.#resume === null) return;
    clearTimeout(this.#emptyTimer);
    this.#resume();
    this.#resume = null;
  }
}
