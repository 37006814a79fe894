import { RelayWindow } from "./relay_window.ts";
import { RequestProgress } from "./request_progress.ts";

/** The write timeout in ms, for a client that does not read its response. */
const UNREAD_MS = 60_000;
/** The initial buffer size, small for thousands of nearly idle connections; grows when filled. */
const LEAST_BUFFER_BYTES = 1_024;
const MOST_BUFFER_BYTES = 64 * 1024;
/** The HTTP/2 preface; browsers use it over TLS only, which a proxy terminates. */
const HTTP2 = "PRI * HTTP/2";

const latin1 = new TextDecoder("latin1");

/** Receives the bytes of a connection that was taken over; see `FrontConnection.take`. */
export interface ByteSink {
  /** Called with each chunk, in order. The chunk's buffer is reused afterwards. */
  push(chunk: Uint8Array): void;
  /** Called at the end of the input. */
  end(): void;
  /** Called each second. */
  check(): void;
}

/** The inner HTTP server to which connections are relayed. */
export interface Inside {
  connect(): Promise<Deno.TcpConn>;
  /** Called when a connection to it from this local port is open, and when it has ended. */
  onConnect(port: number, connection: FrontConnection): void;
  onEnd(port: number): void;
}

/**
 * A client's connection, relayed to the inner HTTP server or, after `take`, read by a sink. Times out when it
 * makes no progress.
 */
export class FrontConnection {
  readonly progress: RequestProgress;
  /** Called once, when the connection has ended. */
  onClose = () => {};
  #inner: Deno.TcpConn | null = null;
  #sink: ByteSink | null = null;
  /** The first bytes, as long as they may be those of HTTP/2, however they are divided. */
  #start = "";
  #sendingSince: number | null = null;
  /** Of the current request, if the application reads its body as a stream. */
  #window: RelayWindow | null = null;
  #gone = new AbortController();

  constructor(
    readonly client: Deno.TcpConn,
    private readonly inside: Inside,
    private readonly now: () => number,
  ) {
    this.progress = new RequestProgress(now);
  }

  /** Aborts when either side has ended the connection. */
  get gone(): AbortSignal {
    return this.#gone.signal;
  }

  /** Reads until the end of the input. Never rejects. */
  async run(): Promise<void> {
    try {
      for await (const chunk of chunks(this.client)) {
        if (this.#sink === null) await this.#relay(chunk);
        else this.#sink.push(chunk);
      }
    } catch {
      // Reset by the client, or closed by this side.
    }
    // A client that has closed its side counts as disconnected.
    this.close();
    this.#sink?.end();
  }

  /** Takes over the raw connection: `sink` receives the input, and the caller writes and closes. */
  take(sink: ByteSink): Deno.TcpConn {
    this.#sink = sink;
    const inner = this.#inner;
    this.#inner = null;
    inner?.close();
    return this.client;
  }

  /** Returns the body of the current request, and from now on relays no faster than it is read. */
  streamBody(body: ReadableStream<Uint8Array>): ReadableStream<Uint8Array> {
    this.#window = new RelayWindow();
    return this.#window.count(body);
  }

  /** Called when the response has been sent, or cannot be. */
  finishRequest(): void {
    this.progress.finish();
    this.#endWindow();
  }

  /** Ends the connection at its timeout. Called each second. */
  check(): void {
    if (this.#sink !== null) return this.#sink.check();
    const isUnread = this.#sendingSince !== null && this.now() - this.#sendingSince > UNREAD_MS;
    const isHeldBack = this.#window?.isFull ?? false;
    if (isUnread || (!isHeldBack && this.progress.isOverdue())) this.close();
  }

  close(): void {
    if (this.#gone.signal.aborted) return;
    this.#gone.abort();
    this.#endWindow();
    this.client.close();
    this.#inner?.close();
    this.#inner = null;
    this.onClose();
  }

  async #relay(chunk: Uint8Array) {
    if (this.#start.length < HTTP2.length) {
      this.#start += latin1.decode(chunk.subarray(0, HTTP2.length - this.#start.length));
      if (this.#start === HTTP2) throw new Error("HTTP/2 without TLS is not supported");
    }
    this.#inner ??= await this.#connect();
    this.progress.receive(chunk);
    await writeAll(this.#inner, chunk);
    const room = this.#window?.admit(chunk.length);
    if (room === undefined) return;
    await room;
    this.progress.resume();
  }

  #endWindow() {
    this.#window?.end();
    this.#window = null;
  }

  async #connect(): Promise<Deno.TcpConn> {
    const inner = await this.inside.connect();
    if (this.#gone.signal.aborted) {
      inner.close();
      throw new Error("The connection has been closed");
    }
    const { port } = inner.localAddr;
    this.inside.onConnect(port, this);
    this.#sendBack(inner).finally(() => this.inside.onEnd(port));
    return inner;
  }

  async #sendBack(inner: Deno.TcpConn) {
    try {
      for await (const chunk of chunks(inner)) {
        this.#sendingSince = this.now();
        await writeAll(this.client, chunk);
        this.#sendingSince = null;
      }
    } catch {
      // One side has closed, or the connection was taken over.
    }
    if (this.#sink === null) this.close();
  }
}

/** Yields the input of a connection in a buffer that is reused for the next chunk. */
async function* chunks(conn: Deno.Conn): AsyncGenerator<Uint8Array> {
  let buffer = new Uint8Array(LEAST_BUFFER_BYTES);
  for (;;) {
    const length = await conn.read(buffer);
    if (length === null) return;
    yield buffer.subarray(0, length);
    if (length === buffer.length && length < MOST_BUFFER_BYTES) {
      buffer = new Uint8Array(length * 4);
    }
  }
}

export async function writeAll(conn: Deno.Conn, bytes: Uint8Array): Promise<void> {
  for (let sent = 0; sent < bytes.length;) sent += await conn.write(bytes.subarray(sent));
}
