import { z } from "zod";
import { startPeer } from "./peer_process.ts";

/** A server to which the client sockets connect. */
export interface SocketServer {
  port: number;
  address: string;
  protocol: "websocket" | "socket.io";
}

const report = z.object({
  deliveries: z.number(),
  delays: z.array(z.tuple([z.number(), z.number()])),
});

/** What all sockets received since `resetCounts`: messages, and a histogram of delays in ms since publication. */
export type Deliveries = z.infer<typeof report>;

/** Many client sockets in a separate process. */
export interface SocketClients extends AsyncDisposable {
  /** Connects the sockets that are not open from the start. */
  connectAll(): Promise<void>;
  resetCounts(): Promise<void>;
  /** Resolves when each socket has seen this status or a later one. */
  untilSeen(seq: number): Promise<void>;
  report(): Promise<Deliveries>;
}

/** Starts the process, with its first few sockets connected. */
export async function connectSockets(
  server: SocketServer,
  sockets: number,
): Promise<SocketClients> {
  const peer = await startPeer("socket_reader", "node", {
    PORT: String(server.port),
    ADDRESS: server.address,
    PROTOCOL: server.protocol,
    COUNT: String(sockets),
  });
  const request = async (line: string) => {
    await peer.writeLine(line);
    return await peer.nextLine();
  };
  await peer.nextLine();
  return {
    connectAll: async () => void await request("connect"),
    resetCounts: async () => void await request("reset"),
    untilSeen: async (seq) => void await request(`until ${seq}`),
    report: async () => report.parse(JSON.parse(await request("report"))),
    [Symbol.asyncDispose]: () => peer[Symbol.asyncDispose](),
  };
}
