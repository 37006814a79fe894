import { define } from "../../../define.ts";
import { endpoint } from "../../../lib/http/api/endpoint.ts";
import { outcomeMeaning } from "../../../lib/i18n/refusals/word_outcome.ts";
import { succeeded } from "../../../lib/http/json_response.ts";

/** The current `ProcessorStatus` with the meaning of its last error, and its `health`. */
export const handler = define.handlers(endpoint("/api/processor/status", {
  async GET({ state: { node } }) {
    const status = await node.reporter.status();
    node.statusWatch.note(status);
    const { code, parameters } = outcomeMeaning(status.last_error);
    return succeeded({
      ...status,
      last_error_code: code,
      last_error_parameters: parameters,
      health: node.statusWatch.health(),
    });
  },
}));
