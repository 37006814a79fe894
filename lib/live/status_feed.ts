import { createPace } from "../runtime/pace.ts";
import { type Connection, createConnection, type Socket } from "./connection.ts";

const LEAST_WINDOW_MS = 50;
/** What one write to one socket costs, by measurement. */
const WRITE_MS = 0.01;
/** The share of a core that writing may take. */
const SHARE = 0.5;

/** Hands the newest status to every socket, and no socket more than it reads. */
export interface StatusFeed {
  /** Adds a socket and sends it the newest status at once. */
  attach(socket: Socket): Disposable;
  /**
   * Takes the newest status, as JSON; sends it at once when idle, under load in a window that grows with
   * the sockets.
   */
  push(status: string): void;
  /** Brings slow sockets up to date, or cuts them off and forgets them. Called each second. */
  check(): void;
  closeAll(code: number, reason: string): void;
  size(): number;
  stop(): void;
}

/** `now` answers milliseconds of a clock that only rises. */
export function createStatusFeed(now: () => number): StatusFeed {
  const connections = new Map<Connection, { behind: boolean }>();
  const pace = createPace();
  let newest: string | null = null;
  let timer: ReturnType<typeof setTimeout> | undefined;

  const windowMs = () => Math.max(LEAST_WINDOW_MS, connections.size * WRITE_MS / SHARE);

  /** Passes over a socket for which two statuses wait already; answers whether it is behind now. */
  function bringUpToDate(connection: Connection): boolean {
    return newest !== null && !connection.offer(newest, newest.length);
  }

  function send() {
    timer = undefined;
    pace.take(now(), windowMs());
    for (const [connection, state] of connections) state.behind = bringUpToDate(connection);
  }

  return {
    attach(socket) {
      const connection = createConnection(socket, now);
      connections.set(connection, { behind: bringUpToDate(connection) });
      return { [Symbol.dispose]: () => void connections.delete(connection) };
    },
    push(status) {
      newest = status;
      if (timer !== undefined) return;
      const waitMs = pace.waitMs(now(), windowMs());
      if (waitMs === 0) send();
      else timer = setTimeout(send, waitMs);
    },
    check() {
      for (const [connection, state] of connections) {
        if (state.behind) state.behind = bringUpToDate(connection);
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
