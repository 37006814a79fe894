import { join } from "node:path";
import { HttpError } from "fresh";
import { define } from "../../define.ts";
import type { Database } from "../../lib/database/connect.ts";
import { actor } from "../../lib/http/request_actor.ts";
import { endpoint } from "../../lib/http/api/endpoint.ts";

/** Databases with a backup in progress; each takes as much disk space as the data. */
const underWay = new WeakSet<Database>();

/** A backup of the embedded database, taken while the node runs. */
export const handler = define.handlers(endpoint("/api/backup", {
  async GET(ctx) {
    const { database, config, events } = ctx.state.node;
    if (database.backup === null) {
      throw new HttpError(409, "The database is a server's; back it up with pg_dump");
    }
    if (underWay.has(database)) throw new HttpError(429, "A backup is under way already");
    underWay.add(database);
    const end = () => void underWay.delete(database);
    try {
      const path = join(config.dataDir, `backup-${crypto.randomUUID()}.tar.gz`);
      await database.backup(path);
      const file = await Deno.open(path);
      // Unlinked immediately, so that no file remains if the transfer fails.
      await Deno.remove(path);
      await events.record({ kind: "export", subject: "backup", counts: {} }, {
        actor: actor(ctx),
      });
      const { size } = await file.stat();
      const { readable, writable } = new TransformStream<Uint8Array, Uint8Array>();
      // Settles when everything was sent, or the client disconnected.
      file.readable.pipeTo(writable).catch(() => {}).finally(end);
      return new Response(readable, {
        headers: {
          "content-type": "application/gzip",
          "content-length": String(size),
          "content-disposition": 'attachment; filename="millrace-backup.tar.gz"',
        },
      });
    } catch (error) {
      end();
      throw error;
    }
  },
}));
