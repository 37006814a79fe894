/** A WebSocket client that queues messages until the test reads them. */
export interface SocketClient extends AsyncDisposable {
  /** The next unread message; rejects if the socket closes first. */
  next(): Promise<string>;
  /** Resolves when the socket is closed. */
  readonly closed: Promise<{ code: number; reason: string }>;
}

/** Opens a socket; rejects if the server refuses it. */
export async function openSocketClient(
  url: string,
  headers: Record<string, string> = {},
): Promise<SocketClient> {
  // Deno accepts headers here, but the DOM types in effect do not declare them.
  const socket: WebSocket = Reflect.construct(WebSocket, [url.replace(/^http/, "ws"), { headers }]);
  const messages: string[] = [];
  let waiting: PromiseWithResolvers<string> | null = null;
  const closed = Promise.withResolvers<{ code: number; reason: string }>();

  socket.onmessage = ({ data }) => {
    if (waiting === null) messages.push(String(data));
    else waiting.resolve(String(data));
    waiting = null;
  };
  socket.onclose = ({ code, reason }) => {
    waiting?.reject(new Error(`The socket was closed with ${code}`));
    closed.resolve({ code, reason });
  };
  await new Promise<void>((resolve, reject) => {
    socket.onopen = () => resolve();
    socket.onerror = (event) =>
      reject(new Error(`Refused: ${event instanceof ErrorEvent ? event.message : "error"}`));
  });
  socket.onerror = null;

  return {
    closed: closed.promise,
    next() {
      const first = messages.shift();
      if (first !== undefined) return Promise.resolve(first);
      waiting = Promise.withResolvers<string>();
      return waiting.promise;
    },
    async [Symbol.asyncDispose]() {
      socket.close();
      await closed.promise;
    },
  };
}
