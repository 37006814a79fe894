import { define } from "../../../define.ts";
import { listEvents } from "../../../lib/database/events.ts";
import { endpoint } from "../../../lib/http/api/endpoint.ts";
import { succeeded } from "../../../lib/http/json_response.ts";

/** The audit log, newest first. */
export const handler = define.handlers(endpoint("/api/events", {
  async GET({ state: { node } }, { query }) {
    const { cursor = null, limit, kind, ...filter } = query;
    const { sql } = node.database;
    const page = await listEvents(sql, { ...filter, kinds: kind }, { cursor, limit });
    return succeeded({ events: page.events, next: page.cursor });
  },
}));
