import { define } from "../../../define.ts";
import { succeeded } from "../../../lib/http/json_response.ts";
import { endpoint } from "../../../lib/http/api/endpoint.ts";
import { actor } from "../../../lib/http/request_actor.ts";
import { auditedImport } from "../../../lib/http/articles/audited_import.ts";
import { importSample } from "../../../lib/node/import_sample.ts";

/** Imports the sample articles that ship with Millrace. */
export const handler = define.handlers(endpoint("/api/articles/sample", {
  async POST(ctx) {
    const { node } = ctx.state;
    const from = { by: actor(ctx), name: "sample" };
    return succeeded(await auditedImport(node, from, () => importSample(node)));
  },
}));
