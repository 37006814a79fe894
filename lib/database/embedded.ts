import { dirname, join, resolve } from "node:path";
import { type Order, type Reply, reply } from "./embedded_protocol.ts";
import { PREDECESSOR_S, takeOver } from "../runtime/take_over.ts";
import { EmbeddedSocket } from "./embedded_socket.ts";
import { type StallWatch, watchForStall } from "./stall_watch.ts";

/** The embedded Postgres reads its program and its first data from its package. */
export const PGLITE_FILES = new URL("./", import.meta.resolve("@electric-sql/pglite"));

/** The file in the data folder whose lock its process holds. */
export const LOCK_FILE = "embedded.lock";

/** A running embedded Postgres. */
export interface Embedded extends AsyncDisposable, Pick<StallWatch, "stalled" | "patiently"> {
  /** Opens the connection for the driver; there can be one at a time. */
  openSocket(): EmbeddedSocket;
  /** Writes a consistent snapshot to a new file; queries wait until it is done. Throws if it cannot be written. */
  backup(file: string): Promise<void>;
}

/**
 * Starts the embedded Postgres on `${dataDir}/embedded`, created if missing. Waits for another process that
 * uses it and may be stopping, then throws. After a crash of Postgres, the next connection restarts it.
 */
export async function startEmbedded(
  dataDir: string,
  onWait: (what: string) => void = () => {},
): Promise<Embedded> {
  const root = resolve(dataDir);
  await Deno.mkdir(root, { recursive: true });
  const lock = await lockEmbedded(root, onWait);
  const folder = join(root, "embedded");
  const watch = watchForStall();
  let socket: EmbeddedSocket | null = null;
  let running: Promise<EmbeddedWorker>;

  function start(): Promise<EmbeddedWorker> {
    watch.sent();
    running = startWorker(folder, {
      onResponse(bytes) {
        watch.received();
        socket?.receive(bytes);
      },
      onBroken(error) {
        watch.cleared();
        socket?.destroy(error);
      },
    }).then((worker) => {
      watch.received();
      return worker;
    });
    // The next caller that connects gets the rejection, which is handled until then.
    running.catch(() => {});
    return running;
  }

  try {
    await initialize(root, folder);
    await start();
  } catch (error) {
    watch[Symbol.dispose]();
    lock.close();
    throw error;
  }
  return {
    stalled: watch.stalled,
    patiently: watch.patiently,
    openSocket() {
      const worker = running.then((worker) => worker.broken ? start() : worker, () => start());
      const peer = worker.then(({ send }) => ({
        send(messages: Uint8Array) {
          watch.sent();
          send(messages);
        },
      }));
      return socket = new EmbeddedSocket(peer);
    },
    backup: (file) =>
      watch.patiently(async () => {
        const worker = await running;
        watch.sent();
        await worker.backup(file);
        watch.received();
      }),
    async [Symbol.asyncDispose]() {
      watch[Symbol.dispose]();
      await running.then((worker) => worker.stop(), () => {});
      lock.close();
    },
  };
}

/**
 * Locks the data; the operating system releases the lock when the process ends. Calls `onWait` with a sentence
 * if another process has the lock, and throws if it keeps it.
 */
export async function lockEmbedded(
  root: string,
  onWait: (what: string) => void,
): Promise<Deno.FsFile> {
  const file = await Deno.open(join(root, LOCK_FILE), { create: true, write: true });
  const lock = async () => await file.tryLock(true) || null;
  const isLocked = await takeOver(lock, {
    seconds: PREDECESSOR_S,
    onWait: () =>
      onWait(
        `Waiting up to ${PREDECESSOR_S} s for the process of Millrace that uses ${root}: it may be stopping.`,
      ),
  });
  if (isLocked) return file;
  file.close();
  throw new Error(
    `Cannot start the embedded Postgres: another process of Millrace uses ${root}. ` +
      "Stop it, give this one a DATA_DIR of its own, or share a server by DATABASE_URL.",
  );
}

/**
 * Creates the data folder if missing: under a temporary name that is then renamed, so that a killed process
 * leaves no partial folder; and in a separate worker, since the memory that this takes (some 500 MB) is
 * released only when the worker ends.
 */
async function initialize(root: string, folder: string): Promise<void> {
  if (await exists(folder)) return;
  const draft = join(root, "embedded.new");
  if (await exists(draft)) await Deno.remove(draft, { recursive: true });
  const worker = await startWorker(draft, { onResponse: () => {}, onBroken: () => {} });
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

/** The worker that runs Postgres. */
interface EmbeddedWorker {
  readonly broken: boolean;
  send(messages: Uint8Array): void;
  backup(file: string): Promise<void>;
  /** Shuts Postgres down cleanly. */
  stop(): Promise<void>;
}

interface WorkerEvents {
  onResponse: (bytes: Uint8Array) => void;
  /** Postgres crashed; it recovers from its write-ahead log at the next start. */
  onBroken: (error: Error) => void;
}

async function startWorker(
  folder: string,
  { onResponse, onBroken }: WorkerEvents,
): Promise<EmbeddedWorker> {
  const root = dirname(folder);
  const worker = new Worker(new URL("./embedded_worker.ts", import.meta.url), {
    type: "module",
    deno: {
      permissions: {
        ...{ read: [root, PGLITE_FILES], write: [root] },
        ...{ net: false, env: false, sys: false, run: false, ffi: false, import: false },
      },
    },
  });
  let broken = false;
  /** The callers of the commands under way, in their order. */
  const waiting: PromiseWithResolvers<void>[] = [];

  function fail(message: string) {
    broken = true;
    worker.terminate();
    const error = Object.assign(new Error(`The embedded Postgres broke down: ${message}`), {
      code: "ECONNRESET",
    });
    for (const { reject } of waiting.splice(0)) reject(error);
    onBroken(error);
  }

  worker.onmessage = ({ data }: MessageEvent<Uint8Array | Reply>) => {
    if (data instanceof Uint8Array) return onResponse(data);
    const received = reply.parse(data);
    if (received.type === "failed") return fail(received.message);
    const first = waiting.shift();
    if (received.type !== "notBackedUp") first?.resolve();
    else first?.reject(new Error(`Cannot back up the database: ${received.message}`));
  };
  worker.onerror = (event) => {
    event.preventDefault();
    fail(event.message);
  };

  async function request(order: Order): Promise<void> {
    const done = Promise.withResolvers<void>();
    waiting.push(done);
    worker.postMessage(order);
    await done.promise;
  }

  await request({ type: "start", folder });
  return {
    get broken() {
      return broken;
    },
    send: (messages) => worker.postMessage(messages, [messages.buffer]),
    backup: (file) => request({ type: "backup", file }),
    async stop() {
      if (broken) return;
      try {
        await request({ type: "stop" });
      } finally {
        worker.terminate();
      }
    },
  };
}
