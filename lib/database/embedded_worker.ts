/// <reference lib="deno.worker" />
import { PGlite } from "@electric-sql/pglite";
import { findPanic } from "./find_panic.ts";
import { folderTar } from "./folder_tar.ts";
import { toError } from "../runtime/errors.ts";
import { order, type Reply } from "./embedded_protocol.ts";

// The embedded Postgres, in a Web Worker so that it does not block the main isolate.

/** A server's session parameters, and less memory than the default of 128 MB. */
const SETTINGS = ["shared_buffers=32MB", "jit=off", "enable_seqscan=off", "TimeZone=UTC"];

let database: PGlite | null = null;
let folder = "";
/** Settles when the previous messages have been processed. */
let previous = Promise.resolve();

/** Processes one message at a time: the files must not change during a backup. */
self.onmessage = ({ data }: MessageEvent<unknown>) => {
  previous = previous.then(() => handle(data));
};

async function handle(data: unknown): Promise<void> {
  try {
    if (data instanceof Uint8Array) await converse(data);
    else await obey(data);
  } catch (thrown) {
    reply({ type: "failed", message: toError(thrown).message });
  }
}

async function obey(data: unknown): Promise<void> {
  const command = order.parse(data);
  if (command.type === "start") {
    folder = command.folder;
    database = await PGlite.create({
      dataDir: folder,
      startParams: [...PGlite.defaultStartParams, ...SETTINGS.flatMap((each) => ["-c", each])],
    });
    reply({ type: "started" });
  } else if (command.type === "backup") {
    if (database === null) throw new Error("it is not started");
    reply(await backup(command.file));
  } else {
    await database?.close();
    reply({ type: "stopped" });
  }
}

/** Writes the folder to a new file; a failure, such as a full disk, leaves no file and does not affect Postgres. */
async function backup(path: string): Promise<Reply> {
  try {
    const file = await Deno.open(path, { write: true, createNew: true, mode: 0o600 });
    try {
      // PGlite's own dump takes several times the data in memory. Recovery makes the snapshot consistent.
      await ReadableStream.from(folderTar(folder)).pipeThrough(
        new CompressionStream("gzip") as ReadableWritablePair<Uint8Array, Uint8Array>,
      ).pipeTo(file.writable);
    } catch (error) {
      await Deno.remove(path);
      throw error;
    }
    return { type: "backedUp" };
  } catch (thrown) {
    return { type: "notBackedUp", message: toError(thrown).message };
  }
}

/** Passes the messages to Postgres synchronously, in order. Throws if that ended Postgres. */
async function converse(messages: Uint8Array): Promise<void> {
  if (database === null) throw new Error("it is not started");
  const parts: Uint8Array[] = [];
  await database.execProtocolRawStream(messages, {
    syncToFs: false,
    // The response is in Postgres's memory and must be copied before the next one.
    onRawData: (part) => parts.push(part.slice()),
  });
  const response = new Uint8Array(parts.reduce((length, part) => length + part.length, 0));
  let length = 0;
  for (const part of parts) {
    response.set(part, length);
    length += part.length;
  }
  const panic = findPanic(response);
  if (panic !== null) throw new Error(panic);
  self.postMessage(response, [response.buffer]);
}

function reply(message: Reply): void {
  self.postMessage(message);
}
