import { z } from "zod";
import { define } from "../../../define.ts";
import { listOperations } from "../../../lib/database/operations.ts";
import { succeeded } from "../../../lib/http/answer.ts";
import { checkedQuery } from "../../../lib/http/checked.ts";
import { only } from "../../../lib/http/methods.ts";
import { paging } from "../../../lib/http/paging.ts";
import { inSnakeCase } from "../../../lib/runtime/snake_case.ts";

const query = z.strictObject({ limit: paging.limit });

/** What was done to many articles at once, newest first, with how far it is. */
export const handler = define.handlers({
  ...only("GET"),
  async GET(ctx) {
    const { limit } = checkedQuery(query, ctx.url.searchParams);
    const operations = await listOperations(ctx.state.node.database.sql, { limit });
    return succeeded({ operations: inSnakeCase(operations) });
  },
});
