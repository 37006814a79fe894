import { HttpError } from "../shared/http_error.ts";

/** What to do with a WebSocket's events. */
export interface WebSocketHandlers {
  /** The connection stands. */
  open?(socket: WebSocket): void;
  /** A message came. */
  message?(socket: WebSocket, event: MessageEvent): void;
  /** The connection ended. */
  close?(socket: WebSocket, code: number, reason: string): void;
  /** The connection failed. */
  error?(socket: WebSocket, event: Event | ErrorEvent): void;
}

/** How to hold a WebSocket. */
export interface WebSocketUpgradeOptions {
  /** Seconds without an answer to a ping after which the connection is closed. Default: 120. */
  idleTimeout?: number;
  /** The sub-protocol to agree on. */
  protocol?: string;
}

/** Whether `value` handles events, and is not a set of options. */
export function isWebSocketHandlers(value: object | undefined): value is WebSocketHandlers {
  return value !== undefined &&
    ["open", "message", "close", "error"].some((name) =>
      typeof Reflect.get(value, name) === "function"
    );
}

/**
 * Turns a request into a WebSocket.
 *
 * @throws {HttpError} 400 when the request does not ask for one.
 */
export function upgradeWebSocket(
  request: Request,
  options: WebSocketUpgradeOptions = {},
): Deno.WebSocketUpgrade {
  if (request.headers.get("upgrade")?.toLowerCase() !== "websocket") {
    throw new HttpError(400, "Expected a WebSocket upgrade request");
  }
  return Deno.upgradeWebSocket(request, options);
}

/** Calls `handlers` on the events of `socket`. */
export function attachHandlers(socket: WebSocket, handlers: WebSocketHandlers): void {
  socket.addEventListener("open", () => handlers.open?.(socket));
  socket.addEventListener("message", (event) => handlers.message?.(socket, event));
  socket.addEventListener("close", (event) => handlers.close?.(socket, event.code, event.reason));
  socket.addEventListener("error", (event) => handlers.error?.(socket, event));
}
