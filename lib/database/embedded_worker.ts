/// <reference lib="deno.worker" />
import { PGlite } from "@electric-sql/pglite";
import { toError } from "../runtime/errors.ts";
import { type Answer, order } from "./embedded_protocol.ts";

// The embedded Postgres, in a Web Worker so that its work does not hold up the main isolate.

/** What a server is asked for with each connection, and less memory than the default of 128 MB. */
const SETTINGS = ["shared_buffers=32MB", "jit=off", "enable_seqscan=off", "TimeZone=UTC"];

let database: PGlite | null = null;

self.onmessage = async ({ data }: MessageEvent<unknown>) => {
  try {
    if (data instanceof Uint8Array) await converse(data);
    else await obey(data);
  } catch (thrown) {
    answer({ type: "failed", message: toError(thrown).message });
  }
};

async function obey(data: unknown): Promise<void> {
  const asked = order.parse(data);
  if (asked.type === "start") {
    database = await PGlite.create({
      dataDir: asked.folder,
      startParams: [...PGlite.defaultStartParams, ...SETTINGS.flatMap((each) => ["-c", each])],
    });
    answer({ type: "started" });
  } else {
    await database?.close();
    answer({ type: "stopped" });
  }
}

/** Has Postgres work through the messages, at once and in the order in which they came. */
async function converse(messages: Uint8Array): Promise<void> {
  if (database === null) throw new Error("it is not started");
  const parts: Uint8Array[] = [];
  await database.execProtocolRawStream(messages, {
    syncToFs: false,
    // What it says lies in its own memory, and is to be copied before it says more.
    onRawData: (part) => parts.push(part.slice()),
  });
  const said = new Uint8Array(parts.reduce((length, part) => length + part.length, 0));
  let length = 0;
  for (const part of parts) {
    said.set(part, length);
    length += part.length;
  }
  self.postMessage(said, [said.buffer]);
}

function answer(message: Answer): void {
  self.postMessage(message);
}
