import type { Socket } from "../../lib/live/socket_backpressure.ts";

/** A fake socket that records sent messages and reports a configurable buffered amount. */
export interface RecordingSocket extends Socket {
  sent: string[];
  closed: { code: number | undefined; reason: string | undefined } | null;
  bufferedAmount: number;
  readyState: WebSocket["readyState"];
}

export function recordingSocket(): RecordingSocket {
  const socket: RecordingSocket = {
    sent: [],
    closed: null,
    bufferedAmount: 0,
    readyState: WebSocket.OPEN,
    send: (message) => void socket.sent.push(String(message)),
    close(code, reason) {
      socket.closed = { code, reason };
      socket.readyState = WebSocket.CLOSED;
    },
  };
  return socket;
}

/** A fake clock that advances only when called. */
export function fakeClock(start = 0) {
  let at = start;
  return { now: () => at, pass: (ms: number) => void (at += ms) };
}
