import type { FrontConnection } from "./front_connection.ts";

/** The raw connections of requests that the front serves. */
export const rawConnections = new WeakMap<Request, FrontConnection>();

/**
 * Returns a signal that aborts when the client disconnects. Deno's own signal does not while a body is unread.
 */
export function clientGone(request: Request): AbortSignal {
  return rawConnections.get(request)?.gone ?? request.signal;
}

/** Returns the body of a request to read as a stream of any length: the client can send no faster than it is read. */
export function streamedBody(request: Request): ReadableStream<Uint8Array> {
  const body = request.body ?? ReadableStream.from([]);
  return rawConnections.get(request)?.streamBody(body) ?? body;
}
