import type { Socket } from "../../lib/live/connection.ts";

/** A socket's side of the contract without a network: what it was sent, and how full it says it is. */
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

/** A clock that passes only when told. */
export function fakeClock(start = 0) {
  let at = start;
  return { now: () => at, pass: (ms: number) => void (at += ms) };
}
