import { define } from "../../../../define.ts";
import { succeeded } from "../../../../lib/http/json_response.ts";
import { endpoint } from "../../../../lib/http/api/endpoint.ts";
import { readNodePage } from "../../../../lib/http/workers/read_node_page.ts";

/** The nodes by name, page by page: a status lists only some. */
export const handler = define.handlers(endpoint("/api/processor/nodes", {
  async GET({ state: { node } }, { query }) {
    return succeeded(await readNodePage(node, query));
  },
}));
