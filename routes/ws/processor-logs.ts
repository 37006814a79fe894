import { z } from "zod";
import { define } from "../../define.ts";
import { checkedQuery } from "../../lib/http/checked.ts";
import { only } from "../../lib/http/methods.ts";
import { queryNumber } from "../../lib/http/paging.ts";
import { openSocket } from "../../lib/http/socket.ts";

const query = z.strictObject({
  since: queryNumber(0).optional(),
});

/** Sends the recent lines of the log, or those after `since`, then each new one. */
export const handler = define.handlers({
  ...only("GET"),
  GET(ctx) {
    const { since = null } = checkedQuery(query, ctx.url.searchParams);
    return openSocket(ctx, (socket, { hub }) => hub.attachLogs(socket, since));
  },
});
