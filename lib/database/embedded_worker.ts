/// <reference lib="deno.worker" />
import { PGlite } from "@electric-sql/pglite";
import { pg_trgm } from "@electric-sql/pglite/contrib/pg_trgm";
import { PGLiteSocketServer } from "@electric-sql/pglite-socket";
import { toError } from "../runtime/errors.ts";
import { type Answer, order } from "./embedded_protocol.ts";

/** The embedded Postgres, in a Web Worker so that its work does not hold up the main isolate. */

let stop: (() => Promise<void>) | null = null;

self.onmessage = async ({ data }) => {
  const asked = order.parse(data);
  try {
    if (asked.type === "start") {
      stop = await start(asked.folder, asked.path);
      answer({ type: "started" });
    } else {
      await stop?.();
      answer({ type: "stopped" });
    }
  } catch (thrown) {
    answer({ type: "failed", message: toError(thrown).message });
  }
};

async function start(folder: string, path: string): Promise<() => Promise<void>> {
  const database = await PGlite.create({ dataDir: folder, extensions: { pg_trgm } });
  const server = new PGLiteSocketServer({ db: database, path, maxConnections: 1 });
  await server.start();
  return async () => {
    await server.stop();
    await database.close();
  };
}

function answer(message: Answer): void {
  self.postMessage(message);
}
