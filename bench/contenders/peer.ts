import { type Runtime, startPeer } from "../support/peer_process.ts";
import type { Contender, Prepare } from "./contender.ts";

/** A program of bench/peers on a runtime, with `env` beside what every peer is told. */
export function preparePeer(
  program: string,
  runtime: Runtime,
  env: Record<string, string> = {},
): Prepare {
  return async (stand, warmUp, count): Promise<Contender> => {
    const url = new URL(stand.postgresUrl);
    const { host, port } = Object.fromEntries(url.searchParams);
    const peer = await startPeer(program, runtime, {
      REDIS_URL: stand.redisUrl,
      POSTGRES_PATH: `${host}/.s.PGSQL.${port}`,
      WARM_UP: String(warmUp),
      COUNT: String(count),
      ...env,
    });
    await peer.nextLine();
    return {
      pid: peer.pid,
      async run() {
        await peer.say("begin");
        return Number(await peer.nextLine());
      },
      watching: () => 0,
      [Symbol.asyncDispose]: () => peer[Symbol.asyncDispose](),
    };
  };
}
