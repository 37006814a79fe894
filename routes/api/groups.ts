import { define } from "../../define.ts";
import { listGroups } from "../../lib/database/groups.ts";
import { succeeded } from "../../lib/http/json_response.ts";
import { endpoint } from "../../lib/http/api/endpoint.ts";

/** The groups of articles. */
export const handler = define.handlers(endpoint("/api/groups", {
  async GET({ state: { node } }, { query: { limit } }) {
    return succeeded({ groups: await listGroups(node.database.sql, limit) });
  },
}));
