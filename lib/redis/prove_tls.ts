import tls from "node:tls";

/**
 * Resolves once the server at `place` has sent a first byte over TLS; rejects with the reason if it does not
 * within `timeoutMs`. With TLS 1.3 a server rejects a client certificate after the handshake, and Deno's
 * socket then emits a second error, for which the client library has no listener: it would end the process.
 */
export function proveTls(
  place: { host: string; port: number },
  certificates: { ca?: string; cert?: string; key?: string },
  timeoutMs: number,
): Promise<void> {
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  const socket = tls.connect({ ...place, ...certificates });
  socket.on("error", reject);
  socket.once("close", () => reject(new Error("The server closed the connection.")));
  // Any reply suffices, including an authentication error.
  socket.once("secureConnect", () => socket.write("PING\r\n"));
  socket.once("data", () => resolve());
  const timer = setTimeout(() => reject(new Error("The server does not respond.")), timeoutMs);
  return promise.finally(() => {
    clearTimeout(timer);
    socket.destroy();
  });
}
