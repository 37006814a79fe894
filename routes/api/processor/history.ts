import { z } from "zod";
import { define } from "../../../define.ts";
import { readHistory, SPANS } from "../../../lib/database/history.ts";
import { succeeded } from "../../../lib/http/answer.ts";
import { checkedQuery } from "../../../lib/http/checked.ts";
import { only } from "../../../lib/http/methods.ts";
import { queryMoment } from "../../../lib/http/paging.ts";

const query = z.strictObject({
  span: z.enum(["5m", "1h", "24h", "7d"], { error: "must be 5m, 1h, 24h or 7d" }),
  until: queryMoment.optional(),
});

/** The samples of one span of the charts, oldest first. */
export const handler = define.handlers({
  ...only("GET"),
  async GET(ctx) {
    const { span, until = null } = checkedQuery(query, ctx.url.searchParams);
    const samples = await readHistory(ctx.state.node.database.sql, span, { until });
    return succeeded({ span, step_seconds: SPANS[span].step, samples });
  },
});
