import { startMillrace } from "../../tests/support/millrace.ts";
import type { Stage } from "../support/audience.ts";
import { type Runtime, startPeer } from "../support/peer_process.ts";
import type { Stand } from "../support/stand.ts";

/** A running server that hands each status of the channel to every socket. */
export interface Hall extends AsyncDisposable, Stage {
  pid: number;
}

/** Starts one on the Redis of a stand. */
export type OpenHall = (stand: Stand) => Promise<Hall>;

/** A web node of Millrace. */
export async function openMillrace(stand: Stand): Promise<Hall> {
  const node = await startMillrace({
    env: { ROLE: "web", DATABASE_URL: stand.postgresUrl, REDIS_URL: stand.redisUrl },
  });
  return {
    pid: node.pid,
    port: node.port,
    address: "/ws/processor-status",
    speaks: "websocket",
    [Symbol.asyncDispose]: () => node[Symbol.asyncDispose](),
  };
}

/** A program of bench/peers on a runtime. */
export function openPeer(
  program: string,
  runtime: Runtime,
  stage: Omit<Stage, "port">,
): OpenHall {
  return async ({ redisUrl }) => {
    const peer = await startPeer(program, runtime, { REDIS_URL: redisUrl });
    const port = Number(await peer.nextLine());
    const end = () => peer[Symbol.asyncDispose]();
    return { ...stage, pid: peer.pid, port, [Symbol.asyncDispose]: end };
  };
}
