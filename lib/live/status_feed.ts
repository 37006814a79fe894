import { type Connection, createConnection, type Socket } from "./connection.ts";

/** What one write to one socket costs, by measurement. */
const WRITE_MS = 0.01;
/** The share of a core that writing may take. */
const SHARE = 0.5;

/** Hands the newest status to every socket, and no socket more than it reads. */
export interface StatusFeed {
  /** Adds a socket and sends it the newest status at once. */
  attach(socket: Socket): Disposable;
  /** Takes the newest status, as JSON; sends it at once when idle, in a window under load. */
  push(status: string): void;
  /** Brings slow sockets up to date or cuts them off. Called each second. */
  check(): void;
  closeAll(code: number, reason: string): void;
  size(): number;
  stop(): void;
}

/** `now` answers milliseconds of a clock that only rises. */
export function createStatusFeed(now: () => number): StatusFeed {
  const connections = new Map<Connection, { behind: boolean }>();
  let newest: string | null = null;
  let sentAt = -Infinity;
  let timer: ReturnType<typeof setTimeout> | undefined;

  function send() {
    timer = undefined;
    sentAt = now();
    if (newest === null) return;
    for (const [connection, state] of connections) state.behind = !connection.offer(newest);
  }

  return {
    attach(socket) {
      const connection = createConnection(socket, now);
      connections.set(connection, { behind: newest !== null && !connection.offer(newest) });
      return { [Symbol.dispose]: () => void connections.delete(connection) };
    },
    push(status) {
      newest = status;
      if (timer !== undefined) return;
      const windowMs = connections.size * WRITE_MS / SHARE;
      const waitMs = sentAt + windowMs - now();
      if (waitMs <= 0) send();
      else timer = setTimeout(send, waitMs);
    },
    check() {
      for (const [connection, state] of connections) {
        if (state.behind && newest !== null) state.behind = !connection.offer(newest);
        connection.check();
      }
    },
    closeAll(code, reason) {
      for (const connection of connections.keys()) connection.close(code, reason);
    },
    size: () => connections.size,
    stop: () => clearTimeout(timer),
  };
}
