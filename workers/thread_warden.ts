// The entry point of a warden, a Web Worker that starts threads and relays their messages. A thread shares the
// permissions of the worker that starts it, so those of the warden bind them; only a Web Worker can be given
// fewer than the process has, and only a thread can be given a limit of memory.

import { Worker as Thread } from "node:worker_threads";
import type { ThreadEntry, WardenReply, WardenRequest } from "./warden_protocol.ts";

const ENTRIES: Record<ThreadEntry, URL> = {
  quarantine: new URL("./quarantine_worker.ts", import.meta.url),
  explain: new URL("./explain_worker.ts", import.meta.url),
};

const threads = new Map<number, Thread>();

self.onmessage = ({ data }: MessageEvent<WardenRequest>) => {
  switch (data.type) {
    case "start":
      start(data);
      break;
    case "post":
      threads.get(data.thread)?.postMessage(data.message);
      break;
    case "terminate":
      threads.get(data.thread)?.terminate();
      break;
  }
};

function start({ thread: id, entry, data, heapMb }: WardenRequest & { type: "start" }) {
  const thread = new Thread(ENTRIES[entry], {
    workerData: data,
    resourceLimits: { maxOldGenerationSizeMb: heapMb },
  });
  threads.set(id, thread);
  let why: string | null = null;
  thread.on("message", (message: unknown) => reply({ type: "message", thread: id, message }));
  thread.on("error", (error) => why = error instanceof Error ? error.message : String(error));
  thread.on("exit", (code) => {
    threads.delete(id);
    reply({ type: "ended", thread: id, why: why ?? `it ended with code ${code}` });
  });
}

function reply(message: WardenReply) {
  self.postMessage(message);
}
