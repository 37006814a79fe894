import { createClient } from "redis";

const BINARY = "redis-server";

/** Whether this machine can run Redis. */
export const hasRedis = await new Deno.Command(BINARY, {
  args: ["--version"],
  stdout: "null",
  stderr: "null",
}).output().then(({ success }) => success, () => false);

/** For `Deno.test({ ...withRedis(name), fn })`: says in the name why a test is skipped. */
export function withRedis(name: string): { name: string; ignore: boolean } {
  return { name: hasRedis ? name : `${name} (skipped: no Redis here)`, ignore: !hasRedis };
}

/** Registers a test with a server of its own. */
export function testOnRedis(
  name: string,
  run: (server: RedisServer) => Promise<void>,
  options?: RedisServerOptions,
): void {
  Deno.test({
    ...withRedis(name),
    async fn() {
      await using server = await startRedis(options);
      await run(server);
    },
  });
}

/** A Redis server of the test's own, on a free port, in a temporary folder. */
export interface RedisServer extends AsyncDisposable {
  readonly url: string;
  readonly port: number;
  /** Ends it, by default as if the machine lost its power; its folder stays. */
  kill(signal?: Deno.Signal): Promise<void>;
  /** Starts it again on the same port with what its folder holds. */
  restart(): Promise<void>;
  /** Throws away what its folder holds. Only while it is down. */
  loseData(): Promise<void>;
  /** Sends it a command as any other program would. */
  command(...args: string[]): Promise<unknown>;
}

export interface RedisServerOptions {
  /** Keeps every write on disk, so that a restart finds it. */
  appendOnly?: boolean;
  /** More of `redis.conf`, as command line arguments. */
  args?: string[];
}

/** Starts a server and resolves once it answers. */
export async function startRedis(
  { appendOnly = false, args = [] }: RedisServerOptions = {},
): Promise<RedisServer> {
  const folder = await Deno.makeTempDir({ prefix: "millrace-redis-" });
  const port = freePort();
  const url = `redis://127.0.0.1:${port}`;
  let process: Deno.ChildProcess | null = null;

  async function start() {
    process = new Deno.Command(BINARY, {
      args: [
        ...["--port", String(port), "--bind", "127.0.0.1", "--dir", folder, "--save", ""],
        ...["--appendonly", appendOnly ? "yes" : "no", "--appendfsync", "always"],
        ...args,
      ],
      stdin: "null",
      stdout: "null",
      stderr: "null",
    }).spawn();
    await command("PING");
  }

  async function command(...words: string[]): Promise<unknown> {
    const client = createClient({
      url,
      commandOptions: { timeout: 0 },
      socket: {
        reconnectStrategy: (retries) => retries < 200 ? 25 : new Error(`No Redis at ${url}`),
      },
    });
    // Refused connections are part of starting; the last one rejects the call below.
    client.on("error", () => {});
    await client.connect();
    try {
      for (;;) {
        try {
          return await client.sendCommand(words);
        } catch (error) {
          if (!(error instanceof Error && error.message.startsWith("LOADING"))) throw error;
          await new Promise((resolve) => setTimeout(resolve, 25));
        }
      }
    } finally {
      client.destroy();
    }
  }

  async function kill(signal: Deno.Signal = "SIGKILL") {
    if (process === null) return;
    const { status } = process;
    process.kill(signal);
    process = null;
    await status;
  }

  async function loseData() {
    for await (const entry of Deno.readDir(folder)) {
      await Deno.remove(`${folder}/${entry.name}`, { recursive: true });
    }
  }

  await start();
  return {
    url,
    port,
    kill,
    restart: start,
    loseData,
    command,
    async [Symbol.asyncDispose]() {
      await kill();
      await Deno.remove(folder, { recursive: true });
    },
  };
}

/** A port that nobody listens on now. */
export function freePort(): number {
  using listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  return listener.addr.port;
}
