import { fileURLToPath } from "node:url";
import { permissionFlags } from "../../lib/node/permission_flags.ts";
import { createEmbeddedFolder } from "./embedded_folder.ts";

const ROOT = fileURLToPath(new URL("../../", import.meta.url));
/** The sources of a build. */
const SOURCES = ["routes", "islands", "components", "static", "lib", "dev.ts", "deno.json"];
const KEPT_LOG = 100_000;
const START_MS = 60_000;
/** Longer than a node's shutdown grace period. */
const STOP_MS = 20_000;

/** A Millrace node in its own process; disposing it stops the process. */
export interface Millrace extends AsyncDisposable {
  readonly url: string;
  readonly port: number;
  readonly dataDir: string;
  readonly pid: number;
  /** Requests a path of the node, without a token. */
  fetch(path: string, init?: RequestInit): Promise<Response>;
  /** Kills the process, by default with SIGKILL, and returns its exit status. */
  kill(signal?: Deno.Signal): Promise<Deno.CommandStatus>;
  /** Restarts it with the same environment and folder. */
  start(): Promise<void>;
  /** The end of its log, across restarts. */
  log(): string;
  /** The resident set size in bytes. */
  memory(): Promise<number>;
}

export interface MillraceOptions {
  /** Overrides the defaults of `PORT`, `DATA_DIR` and `SAMPLE=off`. */
  env?: Record<string, string>;
  /** The base path under which it is served; by default none. */
  base?: string;
}

/**
 * Builds the application if its sources changed, starts a node on a free port with a temporary `DATA_DIR`,
 * and resolves once it is ready; rejects with its log if it exits before that. Set `LOG_MILLRACE=1` to print
 * the logs of all nodes.
 */
export async function startMillrace(
  { env = {}, base = "" }: MillraceOptions = {},
): Promise<Millrace> {
  await build();
  const dataDir = env.DATA_DIR ??
    await (env.DATABASE_URL === undefined
      ? createEmbeddedFolder()
      : Deno.makeTempDir({ prefix: "millrace-" }));
  const port = Number(env.PORT ?? freePort());
  const url = `http://127.0.0.1:${port}`;
  let child: Deno.ChildProcess | null = null;
  let reading: Promise<void> = Promise.resolve();
  let log = "";
  /** The log since the last start. */
  let own = "";

  async function start() {
    own = "";
    const started = spawn({ DATA_DIR: dataDir, PORT: String(port), ...env });
    child = started;
    reading = keepLog(started.stderr);
    await ready(started);
  }

  async function keepLog(output: Deno.ChildProcess["stderr"]) {
    const echo = Deno.env.get("LOG_MILLRACE") === "1";
    for await (const text of output.pipeThrough(new TextDecoderStream())) {
      log = (log + text).slice(-KEPT_LOG);
      own = (own + text).slice(-KEPT_LOG);
      if (echo) Deno.stderr.writeSync(new TextEncoder().encode(text));
    }
  }

  async function ready(started: Deno.ChildProcess) {
    let ended: Deno.CommandStatus | null = null;
    started.status.then((status) => ended = status);
    const isReady = env.ROLE === "worker" ? () => own.includes("runs as worker") : respondsReady;
    const began = Date.now();
    while (!await isReady()) {
      if (ended !== null || Date.now() - began > START_MS) {
        if (ended === null) started.kill("SIGKILL");
        await reading;
        throw new Error(`The node ${ended === null ? "is not ready" : "ended"}. Its log:\n${log}`);
      }
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  }

  async function respondsReady(): Promise<boolean> {
    const token = env.ADMIN_TOKEN;
    const headers = token === undefined ? {} : { authorization: `Bearer ${token}` };
    try {
      const response = await fetch(`${url}${base}/readyz`, { headers });
      await response.body?.cancel();
      return response.ok;
    } catch {
      // The node does not listen yet.
      return false;
    }
  }

  async function kill(signal: Deno.Signal = "SIGKILL"): Promise<Deno.CommandStatus> {
    if (child === null) throw new Error("The node is not running");
    const ending = child;
    child = null;
    ending.kill(signal);
    const timer = setTimeout(() => ending.kill("SIGKILL"), STOP_MS);
    const status = await ending.status;
    clearTimeout(timer);
    await reading;
    return status;
  }

  const running = () => {
    if (child === null) throw new Error("The node is not running");
    return child;
  };

  try {
    await start();
  } catch (error) {
    if (env.DATA_DIR === undefined) await Deno.remove(dataDir, { recursive: true });
    throw error;
  }
  return {
    url,
    port,
    dataDir,
    get pid() {
      return running().pid;
    },
    fetch: (path, init) => fetch(url + path, init),
    kill,
    start,
    log: () => log,
    async memory() {
      const status = await Deno.readTextFile(`/proc/${running().pid}/status`);
      return Number(/VmRSS:\s+(\d+) kB/.exec(status)?.[1]) * 1024;
    },
    async [Symbol.asyncDispose]() {
      if (child !== null) await kill("SIGTERM");
      if (env.DATA_DIR === undefined) await Deno.remove(dataDir, { recursive: true });
    },
  };
}

/** Starts a node with a data folder and kills it `ms` later, ready or not. */
export async function killDuringStart(dataDir: string, ms: number): Promise<void> {
  await build();
  const child = spawn({ DATA_DIR: dataDir, PORT: String(freePort()) });
  const reading = child.stderr.pipeTo(new WritableStream());
  await new Promise((resolve) => setTimeout(resolve, ms));
  child.kill("SIGKILL");
  await Promise.all([child.status, reading]);
}

/** The embedded Postgres is compiled once and not optimized, which takes a third of the CPU time of a start. */
const FAST_EMBEDDED = { DENO_V8_FLAGS: "--liftoff-only" };

function spawn(given: Record<string, string>): Deno.ChildProcess {
  const env = {
    ...inherited(),
    SAMPLE: "off",
    ...(given.DATABASE_URL === undefined && FAST_EMBEDDED),
    ...given,
  };
  return new Deno.Command(Deno.execPath(), {
    args: ["run", "--quiet", "--no-check", ...permissionFlags(env), "main.ts"],
    cwd: ROOT,
    clearEnv: true,
    env,
    stdin: "null",
    stdout: "null",
    stderr: "piped",
  }).spawn();
}

/** The environment variables that every program needs. */
function inherited(): Record<string, string> {
  const names = ["PATH", "HOME", "DENO_DIR", "TMPDIR", "LANG", "TZ"];
  return Object.fromEntries(names.flatMap((name) => {
    const value = Deno.env.get(name);
    return value === undefined ? [] : [[name, value]];
  }));
}

let built: Promise<void> | null = null;

/** Builds at most once per process, and only if the sources are newer than the last build. */
function build(): Promise<void> {
  return built ??= buildIfOld();
}

async function buildIfOld() {
  const builtAt = await changedAt("_fresh/server.js");
  const changes = await Promise.all(SOURCES.map((source) => changedAt(source)));
  if (Math.max(...changes) < builtAt) return;
  const { success, stderr } = await new Deno.Command(Deno.execPath(), {
    args: ["run", "--quiet", "--no-check", "-P=build", "dev.ts", "build"],
    cwd: ROOT,
    stdout: "null",
    stderr: "piped",
  }).output();
  if (!success) throw new Error(`Cannot build: ${new TextDecoder().decode(stderr)}`);
}

/** The modification time of a file, or of the newest file under a folder; 0 if there is none. */
async function changedAt(path: string): Promise<number> {
  const info = await Deno.stat(`${ROOT}${path}`).catch(() => null);
  if (info === null) return 0;
  if (!info.isDirectory) return info.mtime?.getTime() ?? 0;
  // A folder's time changes when a file in it is added or removed.
  const times = [info.mtime?.getTime() ?? 0];
  for await (const { name } of Deno.readDir(`${ROOT}${path}`)) {
    times.push(await changedAt(`${path}/${name}`));
  }
  return Math.max(...times);
}

export function freePort(): number {
  using listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  return listener.addr.port;
}
