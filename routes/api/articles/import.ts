import { define } from "../../../define.ts";
import { succeeded } from "../../../lib/http/json_response.ts";
import { actor } from "../../../lib/http/request_actor.ts";
import { endpoint } from "../../../lib/http/api/endpoint.ts";
import { clientGone, streamedBody } from "../../../lib/http/front/raw_connections.ts";
import { importStream } from "../../../lib/http/articles/import_stream.ts";
import { localizeFigures } from "../../../lib/http/articles/localize_import.ts";
import { varyByLanguage } from "../../../lib/http/localize_message.ts";

/** Imports a stream of articles of any length incrementally; lists invalid records. */
export const handler = define.handlers(endpoint("/api/articles/import", {
  async POST(ctx, { query }) {
    const { headers } = ctx.req;
    const declared = {
      contentType: headers.get("content-type"),
      contentEncoding: headers.get("content-encoding"),
    };
    const source = {
      body: streamedBody(ctx.req),
      declared,
      by: actor(ctx),
      gone: clientGone(ctx.req),
    };
    const figures = await importStream(ctx.state.node, source, query);
    return varyByLanguage(succeeded(localizeFigures(ctx.req, figures)));
  },
}));
