import { startMillrace } from "../../tests/support/millrace.ts";
import type { SocketServer } from "../support/socket_clients.ts";
import { type Runtime, startPeer } from "../support/peer_process.ts";
import type { BenchServers } from "../support/bench_servers.ts";

/** A running server that broadcasts each status of the channel to every socket. */
export interface BroadcastServer extends AsyncDisposable, SocketServer {
  pid: number;
}

/** Starts a broadcast server on the given Redis. */
export type StartBroadcastServer = (servers: BenchServers) => Promise<BroadcastServer>;

/** Starts a web node of Millrace. */
export async function startMillraceBroadcast(servers: BenchServers): Promise<BroadcastServer> {
  const node = await startMillrace({
    env: { ROLE: "web", DATABASE_URL: servers.postgresUrl, REDIS_URL: servers.redisUrl },
  });
  return {
    pid: node.pid,
    port: node.port,
    address: "/ws/processor-status",
    protocol: "websocket",
    [Symbol.asyncDispose]: () => node[Symbol.asyncDispose](),
  };
}

/** Returns a function that starts a program of bench/peers on a runtime. */
export function startPeerBroadcast(
  program: string,
  runtime: Runtime,
  server: Omit<SocketServer, "port">,
): StartBroadcastServer {
  return async ({ redisUrl }) => {
    const peer = await startPeer(program, runtime, { REDIS_URL: redisUrl });
    const port = Number(await peer.nextLine());
    const end = () => peer[Symbol.asyncDispose]();
    return { ...server, pid: peer.pid, port, [Symbol.asyncDispose]: end };
  };
}
