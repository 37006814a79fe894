import { define } from "../../../define.ts";
import { listImports } from "../../../lib/database/imports.ts";
import { succeeded } from "../../../lib/http/json_response.ts";
import { localizeImport } from "../../../lib/http/articles/localize_import.ts";
import { varyByLanguage } from "../../../lib/http/localize_message.ts";
import { endpoint } from "../../../lib/http/api/endpoint.ts";

/** Recent imports. */
export const handler = define.handlers(endpoint("/api/imports", {
  async GET({ req, state: { node } }, { query: { cursor = null, limit, name } }) {
    const imports = await listImports(node.database.sql, { cursor, limit: limit + 1, name });
    const page = imports.slice(0, limit);
    const next = imports.length > limit ? page.at(-1)?.id ?? null : null;
    const worded = page.map((each) => localizeImport(req, each));
    return varyByLanguage(succeeded({ imports: worded, next }));
  },
}));
