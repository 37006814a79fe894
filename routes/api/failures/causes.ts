import { z } from "zod";
import { define } from "../../../define.ts";
import { listCauses } from "../../../lib/database/failures.ts";
import { succeeded } from "../../../lib/http/answer.ts";
import { checkedQuery } from "../../../lib/http/checked.ts";
import { failureQuery } from "../../../lib/http/failure_query.ts";
import { only } from "../../../lib/http/methods.ts";
import { paging } from "../../../lib/http/paging.ts";
import { inSnakeCase } from "../../../lib/runtime/snake_case.ts";

const query = z.strictObject({ limit: paging.limit, ...failureQuery });

/** The causes of what is in retry or dead, those with most articles first, and the counts of all. */
export const handler = define.handlers({
  ...only("GET"),
  async GET(ctx) {
    const { limit, ...filter } = checkedQuery(query, ctx.url.searchParams);
    const found = await listCauses(ctx.state.node.database.sql, filter, limit);
    return succeeded(inSnakeCase(found));
  },
});
