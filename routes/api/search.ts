import { define } from "../../define.ts";
import { endpoint } from "../../lib/http/api/endpoint.ts";
import { succeeded } from "../../lib/http/json_response.ts";
import { findAnything } from "../../lib/http/search/find_anything.ts";

/** Searches all kinds of items by name. */
export const handler = define.handlers(endpoint("/api/search", {
  async GET({ state: { node, language } }, { query }) {
    return succeeded({ found: await findAnything(node, language, query.q) });
  },
}));
