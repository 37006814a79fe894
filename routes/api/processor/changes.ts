import { define } from "../../../define.ts";
import { succeeded } from "../../../lib/http/answer.ts";
import { only } from "../../../lib/http/methods.ts";
import { readSettingsView } from "../../../lib/http/settings_view.ts";

/** The settings, a name for them as they are, and their last changes: who changed what when. */
export const handler = define.handlers({
  ...only("GET"),
  GET: async (ctx) => succeeded(await readSettingsView(ctx.state.node)),
});
