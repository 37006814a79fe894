import { sleep } from "../../lib/runtime/sleep.ts";

/** A proxy between a client and a server that injects network faults. */
export interface TcpProxy extends AsyncDisposable {
  readonly port: number;
  /** Stops forwarding in both directions; connections stay open, and new ones are accepted. */
  stall(): void;
  /** Delays each chunk by `ms` in each direction. */
  delay(ms: number): void;
  /** Ends stalling and delaying; forwards what was held back. */
  resume(): void;
  /** Cuts all current connections. */
  reset(): void;
}

/** Forwards connections to `port` on this machine until it is disposed. */
export function startTcpProxy(port: number): TcpProxy {
  const listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  const ending = new AbortController();
  const connections = new Set<Deno.Conn>();
  let gate = Promise.withResolvers<void>();
  gate.resolve();
  let delayMs = 0;

  function close(connection: Deno.Conn) {
    if (connections.delete(connection)) connection.close();
  }

  async function pump(from: Deno.Conn, to: Deno.Conn) {
    try {
      for await (const piece of from.readable.values({ preventCancel: true })) {
        if (delayMs > 0) await sleep(delayMs, ending.signal);
        await gate.promise;
        const writer = to.writable.getWriter();
        await writer.write(piece);
        writer.releaseLock();
      }
    } catch (error) {
      // This proxy exists to cut connections, so errors are expected.
      if (!isCut(error)) throw error;
    } finally {
      close(from);
      close(to);
    }
  }

  async function forward(client: Deno.Conn) {
    connections.add(client);
    try {
      const server = await Deno.connect({ hostname: "127.0.0.1", port });
      connections.add(server);
      await Promise.all([pump(client, server), pump(server, client)]);
    } catch (error) {
      if (!isCut(error)) throw error;
    } finally {
      close(client);
    }
  }

  async function accept() {
    const forwarding = new Set<Promise<void>>();
    for await (const client of listener) {
      const each = forward(client).finally(() => forwarding.delete(each));
      forwarding.add(each);
    }
    await Promise.all(forwarding);
  }
  const accepting = accept();

  function resume() {
    delayMs = 0;
    gate.resolve();
  }

  function reset() {
    for (const connection of [...connections]) close(connection);
  }

  return {
    port: listener.addr.port,
    stall: () => void (gate = Promise.withResolvers()),
    delay: (ms) => void (delayMs = ms),
    resume,
    reset,
    async [Symbol.asyncDispose]() {
      listener.close();
      ending.abort();
      resume();
      reset();
      await accepting;
    },
  };
}

function isCut(error: unknown): boolean {
  return error instanceof Deno.errors.BadResource ||
    error instanceof Deno.errors.Interrupted ||
    error instanceof Deno.errors.ConnectionReset ||
    error instanceof Deno.errors.ConnectionRefused ||
    error instanceof Deno.errors.BrokenPipe ||
    error instanceof Deno.errors.NotConnected ||
    (error instanceof Error && error.cause !== undefined && isCut(error.cause));
}
