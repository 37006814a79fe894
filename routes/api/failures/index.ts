import { z } from "zod";
import { define } from "../../../define.ts";
import { listFailures } from "../../../lib/database/failures.ts";
import { succeeded } from "../../../lib/http/answer.ts";
import { checkedQuery } from "../../../lib/http/checked.ts";
import { failureQuery } from "../../../lib/http/failure_query.ts";
import { only } from "../../../lib/http/methods.ts";
import { paging } from "../../../lib/http/paging.ts";
import { inSnakeCase } from "../../../lib/runtime/snake_case.ts";

const query = z.strictObject({ ...paging, ...failureQuery });

/** The articles in retry or dead, newest first. */
export const handler = define.handlers({
  ...only("GET"),
  async GET(ctx) {
    const { cursor = null, limit, ...filter } = checkedQuery(query, ctx.url.searchParams);
    const { sql } = ctx.state.node.database;
    const page = await listFailures(sql, filter, { cursor, limit });
    return succeeded({ articles: inSnakeCase(page.rows), next: page.cursor });
  },
});
