/// <reference lib="deno.worker" />
import { PGlite } from "@electric-sql/pglite";
import { toError } from "../runtime/errors.ts";
import { order, type Reply } from "./embedded_protocol.ts";

// The embedded Postgres, in a Web Worker so that it does not block the main isolate.

/** A server's session parameters, and less memory than the default of 128 MB. */
const SETTINGS = ["shared_buffers=32MB", "jit=off", "enable_seqscan=off", "TimeZone=UTC"];

let database: PGlite | null = null;

self.onmessage = async ({ data }: MessageEvent<unknown>) => {
  try {
    if (data instanceof Uint8Array) await converse(data);
    else await obey(data);
  } catch (thrown) {
    reply({ type: "failed", message: toError(thrown).message });
  }
};

async function obey(data: unknown): Promise<void> {
  const command = order.parse(data);
  if (command.type === "start") {
    database = await PGlite.create({
      dataDir: command.folder,
      startParams: [...PGlite.defaultStartParams, ...SETTINGS.flatMap((each) => ["-c", each])],
    });
    reply({ type: "started" });
  } else if (command.type === "backup") {
    // Runs between two exchanges, so the files do not change; recovery makes the snapshot consistent.
    const dump = await database?.dumpDataDir("gzip");
    if (dump === undefined) throw new Error("it is not started");
    await Deno.writeFile(command.file, dump.stream(), { createNew: true, mode: 0o600 });
    reply({ type: "backedUp" });
  } else {
    await database?.close();
    reply({ type: "stopped" });
  }
}

/** Passes the messages to Postgres synchronously, in order. */
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
  self.postMessage(response, [response.buffer]);
}

function reply(message: Reply): void {
  self.postMessage(message);
}
