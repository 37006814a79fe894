import { z } from "zod";
import { define } from "../../../define.ts";
import { countFailures } from "../../../lib/database/failures.ts";
import { succeeded } from "../../../lib/http/answer.ts";
import { checkedQuery } from "../../../lib/http/checked.ts";
import { failureQuery } from "../../../lib/http/failure_query.ts";
import { only } from "../../../lib/http/methods.ts";

const query = z.strictObject(failureQuery);

/** How many articles a retry or a clearing with this filter would move now. */
export const handler = define.handlers({
  ...only("GET"),
  async GET(ctx) {
    const filter = checkedQuery(query, ctx.url.searchParams);
    return succeeded({ count: await countFailures(ctx.state.node.database.sql, filter) });
  },
});
