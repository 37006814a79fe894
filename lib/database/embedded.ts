import { join, resolve } from "node:path";
import { type Answer, answer, type Order } from "./embedded_protocol.ts";

/** The kernel's limit on the path of a Unix socket, without the closing zero. */
const MAX_SOCKET_PATH = 107;

/** A running embedded Postgres. */
export interface Embedded extends AsyncDisposable {
  /** The Unix socket over which it serves one connection. */
  readonly path: string;
}

/**
 * Starts the embedded Postgres on `${dataDir}/embedded`, which is made when it is not there. Throws
 * when another process runs it; a process that was killed does not count.
 */
export async function startEmbedded(dataDir: string): Promise<Embedded> {
  const root = resolve(dataDir);
  await Deno.mkdir(join(root, "embedded"), { recursive: true, mode: 0o700 });
  const lock = await claim(root);
  const socket = await socketPath(root);
  const worker = new Worker(new URL("./embedded_worker.ts", import.meta.url), { type: "module" });
  try {
    await ask(worker, { type: "start", folder: join(root, "embedded"), path: socket.path });
  } catch (error) {
    worker.terminate();
    await socket[Symbol.asyncDispose]();
    lock.close();
    throw error;
  }
  return {
    path: socket.path,
    async [Symbol.asyncDispose]() {
      await ask(worker, { type: "stop" });
      worker.terminate();
      await socket[Symbol.asyncDispose]();
      lock.close();
    },
  };
}

/** Locks the data; the system takes the lock back from whoever dies, however it dies. */
async function claim(root: string): Promise<Deno.FsFile> {
  const file = await Deno.open(join(root, "embedded.lock"), { create: true, write: true });
  if (await file.tryLock(true)) return file;
  file.close();
  throw new Error(
    `Cannot start the embedded Postgres: another process of Millrace uses ${root}. ` +
      "Stop it, give this one a DATA_DIR of its own, or share a server by DATABASE_URL.",
  );
}

/** A place for the socket beside the data, or in a temporary folder when that path is too long. */
async function socketPath(root: string): Promise<AsyncDisposable & { path: string }> {
  const beside = join(root, "embedded.sock");
  if (new TextEncoder().encode(beside).length <= MAX_SOCKET_PATH) {
    // What a killed process left.
    await removeIfThere(beside);
    return { path: beside, [Symbol.asyncDispose]: () => removeIfThere(beside) };
  }
  const folder = await Deno.makeTempDir({ prefix: "millrace-" });
  return {
    path: join(folder, "embedded.sock"),
    [Symbol.asyncDispose]: () => Deno.remove(folder, { recursive: true }),
  };
}

async function removeIfThere(path: string): Promise<void> {
  try {
    await Deno.remove(path);
  } catch (thrown) {
    if (!(thrown instanceof Deno.errors.NotFound)) throw thrown;
  }
}

/** Sends an order and waits for its answer; an error of the worker itself counts as one. */
function ask(worker: Worker, message: Order): Promise<void> {
  return new Promise((resolve, reject) => {
    worker.onmessage = ({ data }: MessageEvent<Answer>) => {
      const said = answer.parse(data);
      if (said.type !== "failed") resolve();
      else reject(new Error(`Cannot ${message.type} the embedded Postgres: ${said.message}`));
    };
    worker.onerror = (event) => {
      event.preventDefault();
      reject(new Error(`Cannot ${message.type} the embedded Postgres: ${event.message}`));
    };
    worker.postMessage(message);
  });
}
