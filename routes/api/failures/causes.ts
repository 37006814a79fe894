import { define } from "../../../define.ts";
import { listCauses } from "../../../lib/database/failure_causes.ts";
import { endpoint } from "../../../lib/http/api/endpoint.ts";
import { succeeded } from "../../../lib/http/json_response.ts";
import { outcomeMeaning } from "../../../lib/i18n/refusals/word_outcome.ts";
import { inSnakeCase } from "../../../lib/runtime/snake_case.ts";

/** The causes of articles in retry or dead, most frequent first, with totals. */
export const handler = define.handlers(endpoint("/api/failures/causes", {
  async GET(ctx, { query }) {
    const { limit, ...filter } = query;
    const { causes, ...totals } = await listCauses(ctx.state.node.database.sql, filter, limit);
    const coded = causes.map((each) => ({ ...each, ...outcomeMeaning(each.sample) }));
    return succeeded(inSnakeCase({ causes: coded, ...totals }));
  },
}));
