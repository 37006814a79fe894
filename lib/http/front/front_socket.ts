import { createHash } from "node:crypto";
import { type ByteSink, type FrontConnection, writeAll } from "./front_connection.ts";
import {
  closeReply,
  createFrameReader,
  encodeFrame,
  FrameError,
  OPCODES,
} from "./socket_frames.ts";

/** The constant that is appended to the client's key, RFC 6455 section 1.3. */
const KEY_SUFFIX = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";
/** The idle time in ms after which a client is pinged; after twice that it is disconnected. */
const SILENCE_MS = 30_000;
/** The frames that a client may send per second (between two checks); a browser sends a pong now and then. */
const MOST_FRAMES = 100;
/** The timeout of the closing handshake, in ms. */
const CLOSING_MS = 2_000;

const { OPEN, CLOSING, CLOSED } = WebSocket;

const encoder = new TextEncoder();

/**
 * The server's end of a WebSocket on a raw connection. Unlike Deno's, it buffers at most one small frame from
 * the client, and `end()` is immediate. It sends text, and dispatches `close` once.
 */
export class FrontSocket extends EventTarget implements ByteSink {
  readyState: WebSocket["readyState"] = OPEN;
  /** The number of queued bytes, including the frame being written. */
  bufferedAmount = 0;
  readonly #client: Deno.TcpConn;
  readonly #read = createFrameReader();
  readonly #waiting: Uint8Array[] = [];
  #isWriting = false;
  #heardAt: number;
  #isPinged = false;
  #framesSinceCheck = 0;
  #closingSince: number | null = null;
  /** Whether both sides have sent a close frame. */
  #isAgreed = false;

  /** Takes over the connection and completes the handshake, which the caller has validated. */
  constructor(
    private readonly connection: FrontConnection,
    key: string,
    private readonly now: () => number,
  ) {
    super();
    this.#heardAt = now();
    this.#client = connection.take(this);
    const accept = createHash("sha1").update(key + KEY_SUFFIX).digest("base64");
    this.#write(encoder.encode(
      "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n" +
        `Sec-WebSocket-Accept: ${accept}\r\n\r\n`,
    ));
  }

  send(text: string): void {
    if (this.readyState === OPEN) {
      this.#write(textFrame(text));
    }
  }

  /** Sends a close frame after the queue; the connection ends when the client responds, or after 2 s. */
  close(code = 1000, reason = ""): void {
    if (this.readyState !== OPEN) return;
    this.readyState = CLOSING;
    this.#closingSince = this.now();
    const payload = new Uint8Array([code >> 8, code & 0xff, ...encoder.encode(reason)]);
    this.#write(encodeFrame(OPCODES.close, payload));
  }

  push(chunk: Uint8Array): void {
    this.#heardAt = this.now();
    this.#isPinged = false;
    try {
      const frames = this.#read(chunk);
      this.#framesSinceCheck += frames.length;
      if (this.#framesSinceCheck > MOST_FRAMES) {
        throw new FrameError(1008, "a client sends too many frames");
      }
      for (const { opcode, payload } of frames) {
        if (opcode === OPCODES.close) return this.#agree(payload);
        // At most one pong is queued, even for a client that does not read.
        if (opcode === OPCODES.ping && this.bufferedAmount === 0) {
          this.#write(encodeFrame(OPCODES.pong, payload));
        }
      }
    } catch (error) {
      if (!(error instanceof FrameError)) throw error;
      this.close(error.code, error.message);
      this.end();
    }
  }

  check(): void {
    this.#framesSinceCheck = 0;
    const silentFor = this.now() - this.#heardAt;
    const isOverdue = this.#closingSince !== null && this.now() - this.#closingSince > CLOSING_MS;
    if (isOverdue || silentFor > 2 * SILENCE_MS) this.end();
    else if (silentFor > SILENCE_MS && !this.#isPinged) {
      this.#isPinged = true;
      this.#write(encodeFrame(OPCODES.ping, new Uint8Array()));
    }
  }

  /** Ends the connection immediately. */
  end(): void {
    if (this.readyState === CLOSED) return;
    this.readyState = CLOSED;
    this.#waiting.length = 0;
    this.connection.close();
    this.dispatchEvent(new Event("close"));
  }

  /** Completes the closing handshake, and ends the connection once that is sent. */
  #agree(payload: Uint8Array) {
    if (this.readyState === OPEN) {
      this.readyState = CLOSING;
      this.#closingSince = this.now();
      this.#write(encodeFrame(OPCODES.close, closeReply(payload)));
    }
    this.#isAgreed = true;
    if (!this.#isWriting) this.end();
  }

  #write(bytes: Uint8Array) {
    if (this.readyState === CLOSED) return;
    this.#waiting.push(bytes);
    this.bufferedAmount += bytes.length;
    if (!this.#isWriting) this.#writeWaiting();
  }

  async #writeWaiting() {
    this.#isWriting = true;
    try {
      for (let bytes = this.#waiting.shift(); bytes; bytes = this.#waiting.shift()) {
        await writeAll(this.#client, bytes);
        this.bufferedAmount -= bytes.length;
      }
    } catch {
      this.end(); // Reset by the client, or closed by this side during the write.
    }
    this.#isWriting = false;
    if (this.#isAgreed) this.end();
  }
}

let lastText = "";
let lastFrame = encodeFrame(OPCODES.text, encoder.encode(lastText));

/** Returns a text frame. The last one is cached, since the same text goes to thousands of sockets. */
function textFrame(text: string): Uint8Array {
  if (text !== lastText) {
    lastText = text;
    lastFrame = encodeFrame(OPCODES.text, encoder.encode(text));
  }
  return lastFrame;
}
