import { define } from "../../../define.ts";
import { endpoint } from "../../../lib/http/api/endpoint.ts";
import { succeeded } from "../../../lib/http/json_response.ts";
import { previewSettings } from "../../../lib/processor/preview.ts";

/** Previews the effect of a change of settings on the newest articles. */
export const handler = define.handlers(endpoint("/api/processor/preview", {
  async POST(ctx, { body }) {
    const { settings, database, explainer } = ctx.state.node;
    return succeeded(
      await previewSettings({ sql: database.sql, explainer }, await settings.refresh(), body),
    );
  },
}));
