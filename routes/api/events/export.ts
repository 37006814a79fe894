import { define } from "../../../define.ts";
import { exportEvents } from "../../../lib/database/events.ts";
import { endpoint } from "../../../lib/http/api/endpoint.ts";
import { actor } from "../../../lib/http/request_actor.ts";
import { jsonLinesDownload } from "../../../lib/http/download.ts";

/** All matching events as JSON lines, newest first. */
export const handler = define.handlers(endpoint("/api/events/export", {
  async GET(ctx, { query }) {
    const { node } = ctx.state;
    const { kind, ...filter } = query;
    const rows = exportEvents(node.database.sql, { ...filter, kinds: kind });
    await node.events.record({ kind: "export", subject: "events", counts: {} }, {
      actor: actor(ctx),
    });
    return jsonLinesDownload("events", rows);
  },
}));
