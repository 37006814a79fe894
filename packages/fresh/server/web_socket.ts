import { HttpError } from "../shared/http_error.ts";

/** Handlers of a WebSocket's events. */
export interface WebSocketHandlers {
  /** Called when the connection is open. */
  open?(socket: WebSocket): void;
  /** Called with each message. */
  message?(socket: WebSocket, event: MessageEvent): void;
  /** Called when the connection is closed. */
  close?(socket: WebSocket, code: number, reason: string): void;
  /** Called when the connection fails. */
  error?(socket: WebSocket, event: Event | ErrorEvent): void;
}

/** The options of a WebSocket. */
export interface WebSocketUpgradeOptions {
  /** Seconds without a pong after which the connection is closed. Default: 120. */
  idleTimeout?: number;
  /** The sub-protocol to agree on. */
  protocol?: string;
}

/** Whether `value` contains event handlers rather than options. */
export function isWebSocketHandlers(value: object | undefined): value is WebSocketHandlers {
  return value !== undefined &&
    ["open", "message", "close", "error"].some((name) =>
      typeof Reflect.get(value, name) === "function"
    );
}

/**
 * Upgrades a request to a WebSocket.
 *
 * @throws {HttpError} 400 if the request is not a WebSocket upgrade.
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
