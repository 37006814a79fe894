import { define } from "../../../define.ts";
import { listFacets } from "../../../lib/database/count_facets.ts";
import { endpoint } from "../../../lib/http/api/endpoint.ts";
import { succeeded } from "../../../lib/http/json_response.ts";
import { inSnakeCase } from "../../../lib/runtime/snake_case.ts";

/** The counts of failures by facet, under the filters of the other facets. */
export const handler = define.handlers(endpoint("/api/failures/facets", {
  async GET(ctx, { query }) {
    const { limit, ...filter } = query;
    return succeeded(inSnakeCase(await listFacets(ctx.state.node.database.sql, filter, limit)));
  },
}));
