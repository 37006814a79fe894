import { z } from "zod";
import { define } from "../../define.ts";
import { jsonForReader } from "../../lib/http/logs/line_for_reader.ts";
import { validateQuery } from "../../lib/http/validate.ts";
import { only } from "../../lib/http/allowed_methods.ts";
import { queryNumber } from "../../lib/http/paging.ts";
import { openSocket } from "../../lib/http/open_socket.ts";

const query = z.strictObject({
  since: queryNumber(0).optional(),
});

/** Sends the recent lines of the log, or those after `since`, then each new one. */
export const handler = define.handlers({
  ...only("GET"),
  GET(ctx) {
    const { since = null } = validateQuery(query, ctx.url.searchParams);
    const { language } = ctx.state;
    return openSocket(
      ctx,
      (socket, { hub }) => hub.attachLogs(socket, since, (line) => jsonForReader(language, line)),
    );
  },
});
