import { createThrottle } from "../runtime/throttle.ts";
import { type Connection, createConnection, type Socket } from "./socket_backpressure.ts";

const LEAST_WINDOW_MS = 50;
/** The measured cost of one write to one socket. */
const WRITE_MS = 0.01;
/** The share of a core that writes may use. */
const SHARE = 0.5;

/** Sends the newest status to every socket, with backpressure per socket. */
export interface StatusFeed {
  /** Adds a socket and sends it the newest status. */
  attach(socket: Socket): Disposable;
  /**
   * Accepts the newest status, as JSON. Sends it immediately when idle; under load, throttles to a window
   * that grows with the number of sockets.
   */
  push(status: string): void;
  /** Sends slow sockets the newest status, or closes and removes them. Called each second. */
  check(): void;
  closeAll(code: number, reason: string): void;
  size(): number;
  stop(): void;
}

/** `now` returns milliseconds of a monotonic clock. */
export function createStatusFeed(
  now: () => number,
  onOffer?: (sent: boolean) => void,
): StatusFeed {
  const connections = new Map<Connection, { behind: boolean }>();
  const throttle = createThrottle();
  let newest: string | null = null;
  let timer: ReturnType<typeof setTimeout> | undefined;

  const windowMs = () => Math.max(LEAST_WINDOW_MS, connections.size * WRITE_MS / SHARE);

  /** Sends the newest status unless the socket has two queued; returns whether it lacks the newest one. */
  function isBehindAfterSend(connection: Connection): boolean {
    return newest !== null && !connection.offer(newest, newest.length);
  }

  function send() {
    timer = undefined;
    throttle.take(now(), windowMs());
    for (const [connection, state] of connections) state.behind = isBehindAfterSend(connection);
  }

  return {
    attach(socket) {
      const connection = createConnection(socket, now, onOffer);
      connections.set(connection, { behind: isBehindAfterSend(connection) });
      return { [Symbol.dispose]: () => void connections.delete(connection) };
    },
    push(status) {
      newest = status;
      if (timer !== undefined) return;
      const waitMs = throttle.waitMs(now(), windowMs());
      if (waitMs === 0) send();
      else timer = setTimeout(send, waitMs);
    },
    check() {
      for (const [connection, state] of connections) {
        if (state.behind) state.behind = isBehindAfterSend(connection);
        if (!connection.check()) connections.delete(connection);
      }
    },
    closeAll(code, reason) {
      for (const connection of connections.keys()) connection.close(code, reason);
    },
    size: () => connections.size,
    stop: () => clearTimeout(timer),
  };
}
