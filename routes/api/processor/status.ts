import { define } from "../../../define.ts";
import { endpoint } from "../../../lib/http/api/endpoint.ts";
import { succeeded } from "../../../lib/http/json_response.ts";

/** The current `ProcessorStatus` with its `health`. */
export const handler = define.handlers(endpoint("/api/processor/status", {
  async GET({ state: { node } }) {
    const status = await node.reporter.status();
    node.statusWatch.note(status);
    return succeeded({ ...status, health: node.statusWatch.health() });
  },
}));
