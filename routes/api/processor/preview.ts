import { define } from "../../../define.ts";
import { succeeded } from "../../../lib/http/answer.ts";
import { checked } from "../../../lib/http/checked.ts";
import { jsonBody } from "../../../lib/http/json_body.ts";
import { only } from "../../../lib/http/methods.ts";
import { previewSettings } from "../../../lib/processor/preview.ts";
import { settingsPatch } from "../../../lib/processor/settings.ts";

/** A thousand phrases of a hundred characters fit. */
const MAX_BYTES = 1024 * 1024;

/** What a change of the settings would do to the newest articles; changes nothing. */
export const handler = define.handlers({
  ...only("POST"),
  async POST(ctx) {
    const { settings, database } = ctx.state.node;
    const wanted = checked(settingsPatch, await jsonBody(ctx.req, MAX_BYTES));
    return succeeded(await previewSettings(database.sql, await settings.refresh(), wanted));
  },
});
