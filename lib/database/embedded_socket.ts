import { Buffer } from "node:buffer";
import { Duplex } from "node:stream";

/** The other end of an `EmbeddedSocket`. */
export interface Peer {
  /** Sends whole messages of Postgres's protocol; what Postgres says to them comes by `onSaid`. */
  send(messages: Uint8Array): void;
}

/**
 * What the driver takes for its connection to the embedded Postgres: it looks like a TCP socket, and
 * hands the bytes over to a worker. The driver always writes whole messages, so they need no framing.
 */
export class EmbeddedSocket extends Duplex {
  #peer: Promise<Peer>;

  constructor(peer: Promise<Peer>) {
    super({ allowHalfOpen: false });
    this.#peer = peer;
  }

  /** Takes what Postgres said. */
  said(bytes: Uint8Array): void {
    if (!this.destroyed) this.push(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength));
  }

  get readyState(): "open" | "closed" {
    return this.destroyed ? "closed" : "open";
  }

  setKeepAlive(): void {
    // There is no line that could go dead.
  }

  override _read(): void {
    // Whatever Postgres says is pushed as it comes.
  }

  override _write(bytes: Uint8Array, _encoding: string, done: (error?: Error) => void): void {
    // The bytes may lie in a buffer that the driver goes on using.
    const messages = new Uint8Array(bytes);
    this.#peer.then((peer) => peer.send(messages)).then(() => done(), done);
  }

  override _final(done: () => void): void {
    done();
    this.destroy();
  }
}
