import { define } from "../../../define.ts";
import { endpoint } from "../../../lib/http/api/endpoint.ts";
import { succeeded } from "../../../lib/http/json_response.ts";
import { readSettingsView } from "../../../lib/http/settings/describe_settings.ts";

/** The settings with their version, and their last changes with actors and times. */
export const handler = define.handlers(endpoint("/api/processor/changes", {
  GET: async (ctx) => succeeded(await readSettingsView(ctx.state.node)),
}));
