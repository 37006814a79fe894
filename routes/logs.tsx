import { page } from "fresh";
import { PageHeader } from "../components/shell/PageHeader.tsx";
import { PageHead } from "../components/shell/PageHead.tsx";
import { define } from "../define.ts";
import KeptLog from "../islands/KeptLog.tsx";
import Logs from "../islands/Logs.tsx";
import { readFilter } from "../lib/dashboard/logs/log_filter.ts";
import { isLive, readSpan } from "../lib/dashboard/logs/log_span.ts";
import { readKeptLog } from "../lib/http/logs/kept_log.ts";
import { lineForPage } from "../lib/http/logs/line_for_reader.ts";
import { recentLog } from "../lib/http/logs/recent_log.ts";
import { unlessAway } from "../lib/http/outage_error.ts";
import { logsWords } from "../lib/i18n/logs_words.ts";
import { shellWords } from "../lib/i18n/shell_words.ts";
import { createVoice } from "../lib/i18n/voice.ts";
import type { KeptLogLine } from "../lib/wire/log_line.ts";

const STYLES = ["log_filter", "logs"];
/** The lines of a page; the live log fetches the others. */
const LINES = 200;

/** The page with the log of the whole system: live, or the kept one when the query has a time or a cursor. */
export const handler = define.handlers({
  async GET({ state: { node, language }, url: { searchParams } }) {
    const filter = readFilter(searchParams);
    const span = readSpan(searchParams);
    const days = node.config.logDays;
    if (!isLive(span)) {
      const kept = await unlessAway(
        readKeptLog(node, filter, span, { language, limit: LINES }),
        null,
      );
      return page({ filter, span, days, kept, initial: null });
    }
    const lines = await unlessAway(recentLog(node, filter, language), []);
    return page({ filter, span, days, kept: null, initial: lines.slice(-LINES) });
  },
});

export default define.page<typeof handler>(({ data, state: { language } }) => {
  const { filter, span, days, kept, initial } = data;
  const title = createVoice(language, shellWords[language]).say("logs");
  const words = logsWords[language];
  const forPage = (line: KeptLogLine) => lineForPage(language, line);
  return (
    <>
      <PageHead title={title} styles={STYLES} />
      <PageHeader
        title={title}
        note={createVoice(language, words).say("keptFor", { count: days })}
      />
      {initial === null
        ? (
          <KeptLog
            language={language}
            words={words}
            filter={filter}
            span={span}
            page={kept && { ...kept, lines: kept.lines.map(forPage) }}
            limit={LINES}
          />
        )
        : (
          <Logs
            language={language}
            words={words}
            initialFilter={filter}
            initial={initial.map(forPage)}
          />
        )}
    </>
  );
});
