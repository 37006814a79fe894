import { createClient } from "redis";

const BINARY = "redis-server";

/** Whether this machine can run Redis. */
export const hasRedis = await new Deno.Command(BINARY, {
  args: ["--version"],
  stdout: "null",
  stderr: "null",
}).output().then(({ success }) => success, () => false);

/** For `Deno.test({ ...withRedis(name), fn })`: skips the test without Redis, with the reason in its name. */
export function withRedis(name: string): { name: string; ignore: boolean } {
  return { name: hasRedis ? name : `${name} (skipped: Redis is not installed)`, ignore: !hasRedis };
}

/** Registers a test that starts its own server. */
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

/** A Redis server on a free port, with its data in a temporary folder. */
export interface RedisServer extends AsyncDisposable {
  readonly url: string;
  readonly port: number;
  /** Kills the server, by default with SIGKILL; keeps its folder. */
  kill(signal?: Deno.Signal): Promise<void>;
  /** Restarts it on the same port with the data in its folder. */
  restart(): Promise<void>;
  /** Suspends the process: its connections stay open, and nothing responds. */
  freeze(): void;
  thaw(): void;
  /** Deletes its data. Call it only while the server is down. */
  loseData(): Promise<void>;
  /** Sends a command over a separate connection. */
  command(...args: string[]): Promise<unknown>;
}

export interface RedisServerOptions {
  /** Writes an append-only file, so that data survives a restart. */
  appendOnly?: boolean;
  /** Additional `redis.conf` directives, as command line arguments. */
  args?: string[];
}

/** Starts a server and resolves once it responds. */
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
    // Connections are refused during startup; the last failure rejects the call below.
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
    freeze: () => process?.kill("SIGSTOP"),
    thaw: () => process?.kill("SIGCONT"),
    loseData,
    command,
    async [Symbol.asyncDispose]() {
      await kill();
      await Deno.remove(folder, { recursive: true });
    },
  };
}

/** Returns a free port. */
export function freePort(): number {
  using listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  return listener.addr.port;
}
