import { z } from "zod";
import { define } from "../../../define.ts";
import { LEVELS, readFilter } from "../../../lib/dashboard/log_filter.ts";
import { logText } from "../../../lib/dashboard/log_text.ts";
import { succeeded } from "../../../lib/http/answer.ts";
import { checked, checkedQuery } from "../../../lib/http/checked.ts";
import { only } from "../../../lib/http/methods.ts";
import { queryNumber } from "../../../lib/http/paging.ts";
import { recentLog } from "../../../lib/http/recent_log.ts";

const levels = z.object({
  level: z.array(z.enum(["", ...LEVELS], { error: `must be one of ${LEVELS.join(", ")}` })),
});
const query = z.strictObject({
  q: z.string().optional(),
  node: z.string().optional(),
  article: queryNumber(0).optional(),
  format: z.enum(["json", "text"], { error: "must be json or text" }).optional(),
});

/**
 * The remembered lines of the log by `level`, `q`, `node` and `article`, oldest first: as JSON, or as a
 * text file with `format=text`.
 */
export const handler = define.handlers({
  ...only("GET"),
  async GET({ state: { node }, url: { searchParams } }) {
    const { format } = checkedLogQuery(searchParams);
    const lines = await recentLog(node, readFilter(searchParams));
    if (format !== "text") return succeeded({ lines });
    return new Response(logText(lines), {
      headers: {
        "content-type": "text/plain; charset=utf-8",
        "content-disposition": 'attachment; filename="millrace.log"',
      },
    });
  },
});

/** The query, checked; a page passes over what makes no sense, a program is told. */
function checkedLogQuery(asked: URLSearchParams) {
  checked(levels, { level: asked.getAll("level") });
  const rest = new URLSearchParams(asked);
  rest.delete("level");
  return checkedQuery(query, rest);
}
