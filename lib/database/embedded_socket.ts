import { Buffer } from "node:buffer";
import { Duplex } from "node:stream";

/** The other end of an `EmbeddedSocket`. */
export interface Peer {
  /** Sends whole messages of Postgres's protocol; responses arrive by `receive`. */
  send(messages: Uint8Array): void;
}

/**
 * The driver's connection to the embedded Postgres: it has the interface of a TCP socket and passes the bytes
 * to a worker. The driver always writes whole messages, so they need no framing.
 */
export class EmbeddedSocket extends Duplex {
  #peer: Promise<Peer>;

  constructor(peer: Promise<Peer>) {
    super({ allowHalfOpen: false });
    this.#peer = peer;
  }

  /** Receives Postgres's response. */
  receive(bytes: Uint8Array): void {
    if (!this.destroyed) this.push(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength));
  }

  get readyState(): "open" | "closed" {
    return this.destroyed ? "closed" : "open";
  }

  setKeepAlive(): void {
    // There is no network connection that could time out.
  }

  override _read(): void {
    // Responses are pushed as they arrive.
  }

  override _write(bytes: Uint8Array, _encoding: string, done: (error?: Error) => void): void {
    // The driver may reuse the buffer.
    const messages = new Uint8Array(bytes);
    this.#peer.then((peer) => peer.send(messages)).then(() => done(), done);
  }

  override _final(done: () => void): void {
    done();
    this.destroy();
  }
}
