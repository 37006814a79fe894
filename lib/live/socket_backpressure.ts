import { CLOSE_CODES } from "../wire/close_codes.ts";

/** The high watermark: a socket with more queued bytes is not written to. */
export const WATERMARK_BYTES = 64 * 1024;
const PATIENCE_MS = 30_000;

/** The part of a WebSocket that a connection needs. */
export type Socket = Pick<WebSocket, "close" | "bufferedAmount" | "readyState"> & {
  send(text: string): void;
};

/** A socket with events for its end. */
export type WatchedSocket = Socket & Pick<EventTarget, "addEventListener">;

const OPEN = 1;

/** One socket whose queue never exceeds the watermark, even when its client reads slowly. */
export interface Connection {
  /**
   * Sends and returns true, or returns false under backpressure: more than `most` bytes are queued,
   * or more than the watermark.
   */
  offer(message: string, most?: number): boolean;
  /**
   * Closes the socket when it has not read for half a minute; returns whether it is still open. Called
   * periodically. `close` only starts the handshake: the front ends the connection two seconds later.
   */
  check(): boolean;
  close(code: number, reason: string): void;
}

/** `onOffer` is called with whether each offered message was sent. */
export function createConnection(
  socket: Socket,
  now: () => number,
  onOffer?: (sent: boolean) => void,
): Connection {
  let limit = WATERMARK_BYTES;
  let blockedSince: number | null = null;

  function blocked(): boolean {
    if (socket.bufferedAmount <= limit) {
      blockedSince = null;
      return false;
    }
    blockedSince ??= now();
    return true;
  }

  function close(code: number, reason: string) {
    if (socket.readyState <= OPEN) socket.close(code, reason);
  }

  return {
    offer(message, most = WATERMARK_BYTES) {
      limit = Math.min(most, WATERMARK_BYTES);
      const sends = socket.readyState === OPEN && !blocked();
      if (sends) socket.send(message);
      onOffer?.(sends);
      return sends;
    },
    check() {
      if (blocked() && blockedSince !== null && now() - blockedSince >= PATIENCE_MS) {
        close(CLOSE_CODES.tooSlow, "too slow");
      }
      return socket.readyState <= OPEN;
    },
    close,
  };
}
