import { page } from "fresh";
import { asset, Head } from "fresh/runtime";
import { PageHeader } from "../components/PageHeader.tsx";
import { define } from "../define.ts";
import Connection from "../islands/Connection.tsx";
import Logs from "../islands/Logs.tsx";
import { readFilter } from "../lib/dashboard/log_filter.ts";
import { firstStatus } from "../lib/http/first_status.ts";
import { recentLog } from "../lib/http/recent_log.ts";
import { whileReachable } from "../lib/http/while_reachable.ts";
import { connectionWords } from "../lib/i18n/connection_words.ts";
import { logsWords } from "../lib/i18n/logs_words.ts";
import { shellWords } from "../lib/i18n/shell_words.ts";
import { createVoice } from "../lib/i18n/voice.ts";

/** Lines that come with the page; the page fetches the rest itself. */
const FIRST_LINES = 200;

/** The log of the whole system. */
export const handler = define.handlers({
  async GET({ state: { node }, url: { searchParams } }) {
    const asked = readFilter(searchParams);
    const [status, lines] = await Promise.all([
      firstStatus(node),
      whileReachable(recentLog(node, asked), []),
    ]);
    return page({ status, asked, initial: lines.slice(-FIRST_LINES) });
  },
});

export default define.page<typeof handler>(({ data, state: { language } }) => {
  const { status, asked, initial } = data;
  const title = createVoice(language, shellWords[language]).say("logs");
  return (
    <>
      <Head>
        <title>{title} — Millrace</title>
        <link rel="stylesheet" href={asset("/logs.css")} />
      </Head>
      <PageHeader title={title}>
        <Connection language={language} words={connectionWords[language]} status={status} />
      </PageHeader>
      <Logs language={language} words={logsWords[language]} asked={asked} initial={initial} />
    </>
  );
});
