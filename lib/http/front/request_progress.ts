/** The timeout of each state in ms. */
export const TIME_LIMITS = {
  /** Between requests, and before the first one. */
  idle: 60_000,
  /** From the first byte of a head to its last, however slowly they arrive. */
  head: 15_000,
  /** Between two bytes of an incomplete body. */
  body: 60_000,
};

export const MAX_HEAD_BYTES = 64 * 1024;

const HEAD_END = "\r\n\r\n";
/** The end of a chunked body; an accidental match within one only extends the timeout. */
const CHUNKS_END = "0\r\n\r\n";

const latin1 = new TextDecoder("latin1");

/**
 * Tracks the state of the request on a connection from its bytes, without parsing it.
 *
 *     idle ──first byte──▶ head ──begin()──▶ request ──finish()──▶ idle
 */
export class RequestProgress {
  #state: "idle" | "head" | "request" = "idle";
  /** When the state started; in a request, when the last byte arrived. */
  #since: number;
  #received = 0;
  /** Null until the head is complete. */
  #headLength: number | null = null;
  #bodyLength: number | "chunked" = 0;
  /** The end of the request line so far, and whether it is complete. */
  #line = "";
  #lineIsWhole = false;
  /** The last bytes, to find an end that spans two chunks. */
  #tail = "";

  constructor(private readonly now: () => number) {
    this.#since = now();
  }

  receive(chunk: Uint8Array): void {
    // A client may send its next request right after the response, before `finish` is called.
    const isNext = this.#state === "request" && this.#bodyLength !== "chunked" &&
      this.#isComplete();
    if (this.#state === "idle" || isNext) this.#enter("head");
    if (this.#state === "request") this.#since = this.now();
    if (!this.#lineIsWhole) this.#readLine(chunk);
    if (this.#headLength === null) {
      const end = (this.#tail + latin1.decode(chunk)).indexOf(HEAD_END);
      if (end !== -1) this.#headLength = this.#received - this.#tail.length + end + HEAD_END.length;
    }
    this.#received += chunk.length;
    this.#tail = (this.#tail + latin1.decode(chunk.subarray(-CHUNKS_END.length)))
      .slice(-CHUNKS_END.length);
  }

  /** Whether the request is HTTP/1.0, the default of some proxies. */
  get isHttp10(): boolean {
    return this.#lineIsWhole && this.#line.endsWith("HTTP/1.0");
  }

  /** Called when the server has read the head and handles the request. */
  begin(headers: Headers): void {
    this.#state = "request";
    this.#since = this.now();
    this.#bodyLength = headers.has("transfer-encoding")
      ? "chunked"
      : Number(headers.get("content-length") ?? 0);
  }

  /** Called when receiving goes on after a pause of this side. */
  resume(): void {
    this.#since = this.now();
  }

  /** Called when the response has been sent, or cannot be. */
  finish(): void {
    if (this.#state === "request") this.#enter("idle");
  }

  /** Whether the connection waits for a request, or for the rest of its head. */
  isWaiting(): boolean {
    return this.#state !== "request";
  }

  /** Whether the state has timed out, or the head is too long. */
  isOverdue(): boolean {
    const elapsed = this.now() - this.#since;
    if (this.#state !== "request") {
      return elapsed > TIME_LIMITS[this.#state] || this.#received > MAX_HEAD_BYTES;
    }
    return elapsed > TIME_LIMITS.body && !this.#isComplete();
  }

  #enter(state: "idle" | "head") {
    this.#state = state;
    this.#since = this.now();
    this.#received = 0;
    this.#headLength = null;
    this.#tail = "";
    this.#line = "";
    this.#lineIsWhole = false;
  }

  #readLine(chunk: Uint8Array) {
    const text = this.#line + latin1.decode(chunk);
    const end = text.indexOf("\n");
    this.#lineIsWhole = end !== -1;
    this.#line = this.#lineIsWhole ? text.slice(0, end).trimEnd() : text.slice(-16);
  }

  #isComplete(): boolean {
    return this.#bodyLength === "chunked"
      ? this.#tail === CHUNKS_END
      : this.#headLength === null || this.#received - this.#headLength >= this.#bodyLength;
  }
}
