import { join, resolve } from "node:path";
import { type Answer, answer, type Order } from "./embedded_protocol.ts";
import { EmbeddedSocket } from "./embedded_socket.ts";

/** A running embedded Postgres. */
export interface Embedded extends AsyncDisposable {
  /** Opens the connection for the driver; there can be one at a time. */
  openSocket(): EmbeddedSocket;
}

/**
 * Starts the embedded Postgres on `${dataDir}/embedded`, which is made when it is not there. Throws
 * when another process runs it; a process that was killed does not count. Should it break down, the
 * next connection starts it again.
 */
export async function startEmbedded(dataDir: string): Promise<Embedded> {
  const root = resolve(dataDir);
  await Deno.mkdir(root, { recursive: true });
  const lock = await claim(root);
  const folder = join(root, "embedded");
  let socket: EmbeddedSocket | null = null;
  let running: Promise<EmbeddedWorker>;

  function start(): Promise<EmbeddedWorker> {
    running = startWorker(folder, {
      onSaid: (bytes) => socket?.said(bytes),
      onBroken: (error) => socket?.destroy(error),
    });
    // Whoever connects is told of it; until then it is nobody's.
    running.catch(() => {});
    return running;
  }

  try {
    await initialise(root, folder);
    await start();
  } catch (error) {
    lock.close();
    throw error;
  }
  return {
    openSocket() {
      const peer = running.then((worker) => worker.broken ? start() : worker, () => start());
      return socket = new EmbeddedSocket(peer);
    },
    async [Symbol.asyncDispose]() {
      await running.then((worker) => worker.stop(), () => {});
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

/**
 * Makes the data folder when there is none. It is made under another name and then renamed, so that a
 * process that is killed meanwhile leaves nothing half-made; and in a worker of its own, since the
 * memory that this takes (some 500 MB) comes back only with the worker's end.
 */
async function initialise(root: string, folder: string): Promise<void> {
  if (await exists(folder)) return;
  const draft = join(root, "embedded.new");
  if (await exists(draft)) await Deno.remove(draft, { recursive: true });
  const worker = await startWorker(draft, { onSaid: () => {}, onBroken: () => {} });
  await worker.stop();
  await Deno.chmod(draft, 0o700);
  await Deno.rename(draft, folder);
}

async function exists(path: string): Promise<boolean> {
  try {
    await Deno.stat(path);
    return true;
  } catch (thrown) {
    if (thrown instanceof Deno.errors.NotFound) return false;
    throw thrown;
  }
}

/** The worker in which Postgres runs. */
interface EmbeddedWorker {
  readonly broken: boolean;
  send(messages: Uint8Array): void;
  /** Closes the data in good order. */
  stop(): Promise<void>;
}

interface WorkerEvents {
  onSaid: (bytes: Uint8Array) => void;
  /** Postgres broke down; nothing is lost, for it recovers from its log when it is started again. */
  onBroken: (error: Error) => void;
}

async function startWorker(
  folder: string,
  { onSaid, onBroken }: WorkerEvents,
): Promise<EmbeddedWorker> {
  const worker = new Worker(new URL("./embedded_worker.ts", import.meta.url), { type: "module" });
  let broken = false;
  let waiting: PromiseWithResolvers<void> | null = null;

  function fail(message: string) {
    broken = true;
    worker.terminate();
    const error = Object.assign(new Error(`The embedded Postgres broke down: ${message}`), {
      code: "ECONNRESET",
    });
    waiting?.reject(error);
    onBroken(error);
  }

  worker.onmessage = ({ data }: MessageEvent<Uint8Array | Answer>) => {
    if (data instanceof Uint8Array) return onSaid(data);
    const said = answer.parse(data);
    if (said.type === "failed") fail(said.message);
    else waiting?.resolve();
  };
  worker.onerror = (event) => {
    event.preventDefault();
    fail(event.message);
  };

  async function ask(order: Order): Promise<void> {
    waiting = Promise.withResolvers();
    worker.postMessage(order);
    await waiting.promise;
  }

  await ask({ type: "start", folder });
  return {
    get broken() {
      return broken;
    },
    send: (messages) => worker.postMessage(messages, [messages.buffer]),
    async stop() {
      if (broken) return;
      try {
        await ask({ type: "stop" });
      } finally {
        worker.terminate();
      }
    },
  };
}
