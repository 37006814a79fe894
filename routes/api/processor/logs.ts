import { define } from "../../../define.ts";
import { type LogFilter, readFilter } from "../../../lib/dashboard/logs/log_filter.ts";
import { cursorAt, isLive, readSpan } from "../../../lib/dashboard/logs/log_span.ts";
import { lineText } from "../../../lib/dashboard/logs/log_text.ts";
import { endpoint } from "../../../lib/http/api/endpoint.ts";
import { textDownload } from "../../../lib/http/download.ts";
import { succeeded } from "../../../lib/http/json_response.ts";
import { varyByLanguage } from "../../../lib/http/localize_message.ts";
import { exportKeptLog, type KeptLog, readKeptLog } from "../../../lib/http/logs/kept_log.ts";
import { lineForReader } from "../../../lib/http/logs/line_for_reader.ts";
import { recentLog } from "../../../lib/http/logs/recent_log.ts";
import { actor } from "../../../lib/http/request_actor.ts";
import type { Language } from "../../../lib/i18n/language.ts";
import type { Node } from "../../../lib/node/node.ts";
import type { KeptLogLine } from "../../../lib/wire/log_line.ts";

/**
 * The newest lines of the log, or a page of the kept ones when the query has a time or a cursor: as JSON, or as a
 * text file with `format=text`, which has all kept lines of the time span.
 */
export const handler = define.handlers(endpoint("/api/processor/logs", {
  async GET(ctx, { query }) {
    const { state: { node, language }, url: { searchParams } } = ctx;
    const filter = readFilter(searchParams);
    const span = readSpan(searchParams);
    if (query.format !== "text") {
      const page = isLive(span)
        ? await newestLines(node, filter, { language, limit: query.limit })
        : await readKeptLog(node, filter, span, { language, limit: query.limit });
      const lines = page.lines.map((line) => lineForReader(language, line));
      return varyByLanguage(succeeded({ ...page, lines }));
    }
    const lines = isLive(span)
      ? await recentLog(node, filter, language)
      : exportKeptLog(node, filter, span, language);
    await node.events.record({ kind: "export", subject: "log", counts: {} }, { actor: actor(ctx) });
    return await textDownload("millrace.log", inText(lines));
  },
}));

async function newestLines(
  node: Node,
  filter: LogFilter,
  { language, limit = Infinity }: { language: Language; limit: number | undefined },
): Promise<KeptLog> {
  const lines = (await recentLog(node, filter, language)).slice(-limit);
  const [first] = lines;
  const begin = first === undefined ? node.clock.now() : Date.parse(first.timestamp);
  return { lines, older: cursorAt(begin), newer: null, searched_to: null };
}

async function* inText(lines: Iterable<KeptLogLine> | AsyncIterable<KeptLogLine>) {
  for await (const line of lines) yield lineText(line);
}
