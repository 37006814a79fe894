import { define } from "../../../define.ts";
import { readFilter } from "../../../lib/dashboard/log_filter.ts";
import { logText } from "../../../lib/dashboard/log_text.ts";
import { succeeded } from "../../../lib/http/answer.ts";
import { only } from "../../../lib/http/methods.ts";
import { recentLog } from "../../../lib/http/recent_log.ts";

/**
 * The remembered lines of the log by `level`, `q`, `node` and `article`, oldest first: as JSON, or as a
 * text file with `format=text`.
 */
export const handler = define.handlers({
  ...only("GET"),
  async GET({ state: { node }, url: { searchParams } }) {
    const lines = await recentLog(node, readFilter(searchParams));
    if (searchParams.get("format") !== "text") return succeeded({ lines });
    return new Response(logText(lines), {
      headers: {
        "content-type": "text/plain; charset=utf-8",
        "content-disposition": 'attachment; filename="millrace.log"',
      },
    });
  },
});
