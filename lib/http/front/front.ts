import type { Logger } from "@logtape/logtape";
import { clientNetwork } from "../../auth/client_network.ts";
import { toError } from "../../runtime/errors.ts";
import { FrontConnection } from "./front_connection.ts";
import { rawConnections } from "./raw_connections.ts";
import { createRequestTurns } from "./request_turns.ts";
import { sleep } from "../../runtime/sleep.ts";

/** The limit of connections per address; a browser opens six. */
export const CONNECTIONS_PER_ADDRESS = 256;
/** The total limit of connections, reduced when file descriptors run out. */
const MAX_CONNECTIONS = 20_000;
/** The share of connections that is kept when file descriptors run out. */
const KEPT_SHARE = 0.8;
const LEAST_CONNECTIONS = 8;
const CHECK_MS = 1_000;
/** The pause after running out of file descriptors. */
const RETRY_MS = 100;

type Handler = (request: Request, info: Deno.ServeHandlerInfo) => Response | Promise<Response>;

/** The reverse proxy that clients connect to; it adds the limits that Deno's HTTP server lacks. */
export interface Front {
  readonly addr: Deno.NetAddr;
  connections(): number;
  /** Stops accepting; resolves when the open requests are finished. */
  shutdown(): Promise<void>;
}

export interface FrontOptions {
  hostname: string;
  port: number;
  logger: Logger;
  handler: Handler;
  /** Addresses without a connection limit, such as those of trusted proxies. */
  isUnlimited: (address: string) => boolean;
}

/**
 * Serves HTTP with the limits that `Deno.serve` lacks: connections in total and per address; timeouts for
 * idle connections, heads, bodies and unread responses; and recovery from running out of file descriptors.
 * Throws if it cannot listen on the address.
 */
export function openFront(options: FrontOptions): Front {
  const { hostname, port, logger, handler, isUnlimited } = options;
  let maxConnections = MAX_CONNECTIONS;
  const listener = Deno.listen({ hostname, port });
  const open = new Set<FrontConnection>();
  const perAddress = createCounts();
  /** Open connections by their local port toward the inner server. */
  const byPort = new Map<number, FrontConnection>();
  const ending = new AbortController();
  let server = serveInside();

  const inside = {
    async connect() {
      try {
        return await Deno.connect({ hostname: "127.0.0.1", port: server.addr.port });
      } catch (error) {
        shed(toError(error));
        throw error;
      }
    },
    onConnect: (port: number, connection: FrontConnection) => void byPort.set(port, connection),
    onEnd: (port: number) => void byPort.delete(port),
  };

  /** The inner server accepts only this front's connections, identified by their port. */
  function serveInside(): Deno.HttpServer<Deno.NetAddr> {
    const serving = Deno.serve(
      { hostname: "127.0.0.1", port: 0, onListen() {} },
      (request, info) => {
        const connection = byPort.get(info.remoteAddr.port);
        if (connection === undefined) return new Response(null, { status: 403 });
        return serve(request, { connection, info, handler });
      },
    );
    serving.finished.catch((error) => {
      logger.error("The HTTP server failed and is restarted: {error}", { error });
      if (!ending.signal.aborted) setTimeout(() => server = serveInside(), RETRY_MS);
    });
    return serving;
  }

  /**
   * Frees file descriptors, which the database needs as well: lowers the connection limit and closes the
   * connections that have waited longest for their clients.
   */
  function shed(error: Error) {
    maxConnections = Math.max(LEAST_CONNECTIONS, Math.floor(open.size * KEPT_SHARE));
    logger.error("Out of connections; the limit is now {max}: {error}", {
      max: maxConnections,
      error,
    });
    for (const connection of open) {
      if (open.size <= maxConnections) break;
      if (connection.progress.isWaiting()) connection.close();
    }
  }

  async function acceptAll() {
    while (!ending.signal.aborted) {
      try {
        admit(await listener.accept());
      } catch (error) {
        if (ending.signal.aborted) return;
        shed(toError(error));
        await sleep(RETRY_MS);
      }
    }
  }

  function admit(conn: Deno.TcpConn) {
    const address = clientNetwork(conn.remoteAddr.hostname);
    const isTooMany = perAddress.of(address) >= CONNECTIONS_PER_ADDRESS && !isUnlimited(address);
    if (open.size >= maxConnections || isTooMany) return conn.close();
    conn.setNoDelay(true);
    const connection = new FrontConnection(conn, inside, () => performance.now());
    open.add(connection);
    perAddress.add(address, 1);
    connection.onClose = () => {
      open.delete(connection);
      perAddress.add(address, -1);
    };
    connection.run();
  }

  const timer = setInterval(() => open.forEach((connection) => connection.check()), CHECK_MS);
  acceptAll();

  return {
    addr: listener.addr as Deno.NetAddr, // the listener is TCP
    connections: () => open.size,
    async shutdown() {
      ending.abort();
      listener.close();
      await server.shutdown();
      await sleep(0); // until the last turn is over
      clearInterval(timer);
      for (const connection of open) connection.close();
    },
  };
}

/** All servers of a process share its event loop. */
const turns = createRequestTurns();

/** Handles a request of a client's connection in its turn, and reports the connection's progress. */
function serve(
  request: Request,
  { connection, info, handler }: {
    connection: FrontConnection;
    info: Deno.ServeHandlerInfo;
    handler: Handler;
  },
): Response | Promise<Response> {
  connection.progress.begin(request.headers);
  const finish = () => connection.finishRequest();
  info.completed.then(finish, finish);
  rawConnections.set(request, connection);
  const { remoteAddr } = connection.client;
  const handle = () => handler(request, { remoteAddr, completed: info.completed });
  return turns.begin()?.then(handle) ?? handle();
}

/** Counts by key; keys without a count take no memory. */
function createCounts() {
  const counts = new Map<string, number>();
  const of = (key: string) => counts.get(key) ?? 0;
  return {
    of,
    add(key: string, change: number) {
      const count = of(key) + change;
      if (count === 0) counts.delete(key);
      else counts.set(key, count);
    },
  };
}
