import { CLOSE_CODES } from "./close_codes.ts";

/** Above this many queued bytes a socket is not written to. */
export const WATERMARK_BYTES = 64 * 1024;
const PATIENCE_MS = 30_000;

/** The part of a WebSocket that a connection needs. */
export type Socket = Pick<WebSocket, "send" | "close" | "bufferedAmount" | "readyState">;

const OPEN = 1;

/** One socket that never holds more than the watermark, however slowly it reads. */
export interface Connection {
  /**
   * Sends at once and answers true, or answers false because the socket has yet to read: more than
   * `most` bytes wait for it, or more than the watermark.
   */
  offer(message: string, most?: number): boolean;
  /**
   * Closes the socket when it has not read for half a minute; answers whether it is still to be sent
   * to. Called now and then. A closed socket that never reads lives on until its client leaves.
   */
  check(): boolean;
  close(code: number, reason: string): void;
}

export function createConnection(socket: Socket, now: () => number): Connection {
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
      if (socket.readyState !== OPEN || blocked()) return false;
      socket.send(message);
      return true;
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
