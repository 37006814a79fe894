import { HttpError } from "fresh";
import { define } from "../../../define.ts";
import { readImport } from "../../../lib/database/imports.ts";
import { succeeded } from "../../../lib/http/json_response.ts";
import { localizeImport } from "../../../lib/http/articles/localize_import.ts";
import { varyByLanguage } from "../../../lib/http/localize_message.ts";
import { endpoint } from "../../../lib/http/api/endpoint.ts";
import { idParameter } from "../../../lib/http/id_parameter.ts";

/** One import. */
export const handler = define.handlers(endpoint("/api/imports/{id}", {
  async GET({ req, state: { node }, params }) {
    const id = idParameter(params);
    const found = await readImport(node.database.sql, id);
    if (found === null) throw new HttpError(404, `There is no import ${id}`);
    return varyByLanguage(succeeded(localizeImport(req, found)));
  },
}));
