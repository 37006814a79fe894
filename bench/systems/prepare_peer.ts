import { type Runtime, startPeer } from "../support/peer_process.ts";
import type { Prepare, SystemUnderTest } from "./system_under_test.ts";

/** Returns a function that prepares a program of bench/peers on a runtime, with additional variables `env`. */
export function preparePeer(
  program: string,
  runtime: Runtime,
  env: Record<string, string> = {},
): Prepare {
  return async (servers, warmUp, count): Promise<SystemUnderTest> => {
    const url = new URL(servers.postgresUrl);
    const { host, port } = Object.fromEntries(url.searchParams);
    const peer = await startPeer(program, runtime, {
      REDIS_URL: servers.redisUrl,
      POSTGRES_PATH: `${host}/.s.PGSQL.${port}`,
      WARM_UP: String(warmUp),
      COUNT: String(count),
      ...env,
    });
    await peer.nextLine();
    return {
      pid: peer.pid,
      async run() {
        await peer.writeLine("start");
        return Number(await peer.nextLine());
      },
      monitoringCommands: () => 0,
      [Symbol.asyncDispose]: () => peer[Symbol.asyncDispose](),
    };
  };
}
