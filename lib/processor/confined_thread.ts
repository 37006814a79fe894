import type { ThreadEntry, WardenReply, WardenRequest } from "../../workers/warden_protocol.ts";

/** The files that a thread can read: its own code. It has no other permissions. */
const CODE = ["../../workers/", "../article/"].map((folder) => new URL(folder, import.meta.url));

/** A thread with a limit of memory and without permissions. */
export interface ConfinedThread {
  post(message: unknown): void;
  /** Terminates the thread; idempotent. */
  terminate(): void;
  /** Resolves with the reason when the thread has ended, for any reason. */
  readonly ended: Promise<string>;
}

export interface ThreadOptions<Message> {
  /** The `workerData` of the thread. */
  data?: unknown;
  /** The limit of the JavaScript heap in MB, beyond which the thread is terminated. */
  heapMb: number;
  onMessage: (message: Message) => void;
}

/** Starts threads. They share one warden, which ends with the last of them. */
export interface ConfinedThreads {
  start<Message>(entry: ThreadEntry, options: ThreadOptions<Message>): ConfinedThread;
}

interface Owned {
  onMessage(message: unknown): void;
  onEnd(why: string): void;
}

/** Creates a starter of threads without permissions: see workers/thread_warden.ts. */
export function createConfinedThreads(): ConfinedThreads {
  const threads = new Map<number, Owned>();
  let lastThread = 0;
  let warden: Worker | null = null;

  function startWarden(): Worker {
    const started = new Worker(new URL("../../workers/thread_warden.ts", import.meta.url), {
      type: "module",
      deno: {
        permissions: {
          ...{ read: CODE, write: false, net: false, env: false },
          ...{ sys: false, run: false, ffi: false, import: false },
        },
      },
    });
    started.onmessage = ({ data: reply }: MessageEvent<WardenReply>) => {
      const thread = threads.get(reply.thread);
      if (reply.type === "message") return thread?.onMessage(reply.message);
      threads.delete(reply.thread);
      if (threads.size === 0) endWarden();
      thread?.onEnd(reply.why);
    };
    started.onerror = (event) => {
      event.preventDefault(); // otherwise it would end this thread, too
      const orphans = [...threads.values()];
      threads.clear();
      endWarden();
      for (const { onEnd } of orphans) onEnd(event.message);
    };
    return started;
  }

  function endWarden() {
    warden?.terminate();
    warden = null;
  }

  return {
    start<Message>(entry: ThreadEntry, { data, heapMb, onMessage }: ThreadOptions<Message>) {
      const thread = ++lastThread;
      const { promise: ended, resolve } = Promise.withResolvers<string>();
      warden ??= startWarden();
      const home = warden;
      const send = (request: WardenRequest) => {
        if (home === warden) home.postMessage(request);
      };
      send({ type: "start", thread, entry, data, heapMb });
      threads.set(thread, {
        // The caller's entry posts messages of the caller's type.
        onMessage: (message) => onMessage(message as Message),
        onEnd: resolve,
      });
      return {
        post: (message) => send({ type: "post", thread, message }),
        terminate: () => send({ type: "terminate", thread }),
        ended,
      };
    },
  };
}
