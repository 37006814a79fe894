import { freePort, type RedisServer, startRedis } from "./redis.ts";

/** A primary, a replica, and three sentinels that watch them. */
export interface RedisSentinels extends AsyncDisposable {
  /** The URL by which a client finds the current primary. */
  readonly url: string;
  readonly primary: RedisServer;
  readonly replica: RedisServer;
}

const SERVICE = "millrace";
const SENTINELS = 3;

/** Resolves once every sentinel knows the replica and the other sentinels. */
export async function startSentinels(): Promise<RedisSentinels> {
  await using starting = new AsyncDisposableStack();
  const primary = starting.use(await startRedis());
  const replica = starting.use(await startRedis());
  await replica.command("REPLICAOF", "127.0.0.1", String(primary.port));
  const folder = await Deno.makeTempDir({ prefix: "millrace-sentinels-" });
  starting.defer(() => Deno.remove(folder, { recursive: true }));
  const ports = Array.from({ length: SENTINELS }, freePort);
  for (const port of ports) {
    const file = `${folder}/${port}.conf`;
    await Deno.writeTextFile(
      file,
      [
        `port ${port}`,
        "bind 127.0.0.1",
        `dir ${folder}`,
        `sentinel monitor ${SERVICE} 127.0.0.1 ${primary.port} 2`,
        `sentinel down-after-milliseconds ${SERVICE} 500`,
        `sentinel failover-timeout ${SERVICE} 5000`,
        "",
      ].join("\n"),
    );
    const sentinel = new Deno.Command("redis-server", {
      args: [file, "--sentinel"],
      stdin: "null",
      stdout: "null",
      stderr: "null",
    }).spawn();
    starting.defer(async () => {
      sentinel.kill("SIGKILL");
      await sentinel.status;
    });
  }
  for (const port of ports) await untilKnown(port);
  const sentinels = starting.move();
  return {
    url: `redis+sentinel://${ports.map((port) => `127.0.0.1:${port}`).join(",")}/${SERVICE}`,
    primary,
    replica,
    [Symbol.asyncDispose]: () => sentinels.disposeAsync(),
  };
}

async function untilKnown(port: number) {
  for (;;) {
    const { stdout } = await new Deno.Command("redis-cli", {
      args: ["-p", String(port), "SENTINEL", "MASTER", SERVICE],
    }).output();
    const words = new TextDecoder().decode(stdout).split("\n");
    const valueOf = (name: string) => Number(words[words.indexOf(name) + 1] ?? 0);
    if (valueOf("num-slaves") === 1 && valueOf("num-other-sentinels") === SENTINELS - 1) return;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}
