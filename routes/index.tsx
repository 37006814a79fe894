import { page } from "fresh";
import { asset, Head } from "fresh/runtime";
import { LiveCharts, type LiveChartsProps } from "../components/LiveCharts.tsx";
import { PageHeader } from "../components/PageHeader.tsx";
import { define } from "../define.ts";
import Charts from "../islands/Charts.tsx";
import Connection from "../islands/Connection.tsx";
import LogTail from "../islands/LogTail.tsx";
import Overview from "../islands/Overview.tsx";
import { readAction } from "../lib/dashboard/flash.ts";
import { isWall } from "../lib/dashboard/wall.ts";
import { thinned } from "../lib/dashboard/sample.ts";
import { TREND } from "../lib/dashboard/trend_model.ts";
import { SPANS } from "../lib/database/history.ts";
import { firstHistory } from "../lib/http/first_history.ts";
import { whileReachable } from "../lib/http/while_reachable.ts";
import { chartWords } from "../lib/i18n/chart_words.ts";
import { connectionWords } from "../lib/i18n/connection_words.ts";
import { logWords } from "../lib/i18n/log_words.ts";
import { overviewWords } from "../lib/i18n/overview_words.ts";
import { shellWords } from "../lib/i18n/shell_words.ts";
import { createVoice } from "../lib/i18n/voice.ts";
import type { ProcessorStatus } from "../lib/status/processor_status.ts";

/** Lines of the log that come with the page; the socket brings the rest. */
const FIRST_LINES = 50;

/** The overview: how the stream is doing at this moment. */
export const handler = define.handlers({
  async GET({ state: { node }, url: { searchParams } }) {
    const charted = firstHistory(node, searchParams);
    const isRecent = !searchParams.has("span") && !searchParams.has("until");
    const [status, { lines }, history, recent] = await Promise.all([
      whileReachable<ProcessorStatus | null>(node.reporter.status(), null),
      whileReachable(node.bus.recentLogs({ limit: FIRST_LINES }), { lines: [], complete: true }),
      charted,
      isRecent ? charted : firstHistory(node, new URLSearchParams()),
    ]);
    return page({
      status,
      lines,
      history,
      samples: thinned(recent.samples, TREND.step),
      wall: isWall(searchParams),
      result: readAction(searchParams),
      askToClear: searchParams.get("confirm") === "clear",
    });
  },
});

export default define.page<typeof handler>(({ data, state: { language, role } }) => {
  const { status, lines, history, samples, wall, result, askToClear } = data;
  const title = createVoice(language, shellWords[language]).say("overview");
  const mayAct = role === "admin" && !wall;
  const charts: LiveChartsProps = {
    language,
    words: chartWords[language],
    spans: SPANS,
    first: history,
    controls: !wall,
  };
  return (
    <>
      <Head>
        <title>{title} — Millrace</title>
        <link rel="stylesheet" href={asset("/overview.css")} />
      </Head>
      <PageHeader title={title}>
        <Connection language={language} words={connectionWords[language]} status={status} />
      </PageHeader>
      <Overview
        language={language}
        words={overviewWords[language]}
        status={status}
        samples={samples}
        result={result}
        askToClear={askToClear}
        mayAct={mayAct}
      />
      <Charts {...charts}>
        <LiveCharts {...charts} />
      </Charts>
      {!wall && <LogTail language={language} words={logWords[language]} initial={lines} />}
    </>
  );
});
