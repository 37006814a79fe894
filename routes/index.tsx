import { page } from "fresh";
import { asset, Head } from "fresh/runtime";
import { BreakdownCharts } from "../components/charts/BreakdownCharts.tsx";
import { LiveCharts, type LiveChartsProps } from "../components/charts/LiveCharts.tsx";
import { define } from "../define.ts";
import { mayAs } from "../lib/auth/route_permissions.ts";
import Charts from "../islands/Charts.tsx";
import { LogTail, Overview, OverviewSide } from "../islands/OverviewPage.tsx";
import Wall from "../islands/Wall.tsx";
import { readResult } from "../lib/dashboard/requests/result_address.ts";
import { STREAM_ACTIONS } from "../lib/dashboard/requests/stream_requests.ts";
import { visitAt, visitCookie } from "../lib/dashboard/overview/last_visit.ts";
import { isWall } from "../lib/dashboard/overview/wall.ts";
import { thinned } from "../lib/dashboard/overview/status_sample.ts";
import { TREND } from "../lib/dashboard/overview/trend_model.ts";
import { SPANS } from "../lib/database/chart_history.ts";
import { firstBreakdown } from "../lib/http/overview/first_breakdown.ts";
import { firstHistory } from "../lib/http/overview/first_history.ts";
import { firstStatus } from "../lib/http/overview/first_status.ts";
import { sinceVisit } from "../lib/http/overview/read_since_visit.ts";
import { topCauses } from "../lib/http/overview/top_causes.ts";
import { lineForPage } from "../lib/http/logs/line_for_reader.ts";
import { unlessAway } from "../lib/http/outage_error.ts";
import { chartWords } from "../lib/i18n/chart_words.ts";
import { eventsWords } from "../lib/i18n/events_words.ts";
import { logWords } from "../lib/i18n/log_words.ts";
import { overviewSideWords } from "../lib/i18n/overview_side_words.ts";
import { overviewWords } from "../lib/i18n/overview_words.ts";
import { healthOf } from "../lib/wire/health/health.ts";

/** The number of initial log lines; the socket provides further ones. */
const FIRST_LINES = 50;
const STYLES = ["verdict", "figures", "charts", "table", "log", "overview"];

/** The overview page. */
export const handler = define.handlers({
  async GET({ state: { node }, req: { headers }, url: { searchParams } }) {
    const charted = firstHistory(node, searchParams);
    const isRecent = !searchParams.has("span") && !searchParams.has("until");
    const [first, log, history, recent, causes] = await Promise.all([
      firstStatus(node),
      unlessAway(node.bus.recentLogs({ limit: FIRST_LINES }), null),
      charted,
      isRecent ? charted : firstHistory(node, new URLSearchParams()),
      topCauses(node),
    ]);
    const wall = isWall(searchParams);
    const visit = visitAt(headers.get("cookie"), node.clock.now());
    return page({
      first,
      lines: log?.lines ?? null,
      history,
      breakdown: await firstBreakdown(node, searchParams, history),
      samples: thinned(recent.samples, TREND.step),
      causes,
      news: wall
        ? null
        : await unlessAway(sinceVisit(node, visit, first.status?.processed_total), null),
      wall,
      result: readResult(STREAM_ACTIONS, searchParams),
      askToClear: searchParams.get("confirm") === "clear",
    }, { headers: { "set-cookie": visitCookie(visit) } });
  },
});

export default define.page<typeof handler>(({ data, state: { language, role } }) => {
  const { first, lines, history, breakdown, samples, news, causes, wall, result, askToClear } =
    data;
  const isEmpty = healthOf({ ...first, ageMs: 0 }).state === "empty";
  const styles = [...STYLES, ...(wall ? ["wall"] : isEmpty ? ["first_run"] : [])];
  const head = (
    <Head>
      <title>Millrace</title>
      {styles.map((name) => (
        <link key={name} rel="stylesheet" href={asset(`/styles/${name}.css`)} />
      ))}
    </Head>
  );
  const chartProps: LiveChartsProps = {
    language,
    words: chartWords[language],
    eventWords: eventsWords[language],
    spans: SPANS,
    first: history,
    firstBreakdown: breakdown,
    controls: !wall,
  };
  const charts = (
    <Charts {...chartProps}>
      <LiveCharts {...chartProps} code={BreakdownCharts} status={first} />
    </Charts>
  );
  const sideWords = overviewSideWords[language];
  if (wall) {
    return (
      <>
        {head}
        <Wall
          language={language}
          words={{ ...overviewWords[language], ...sideWords }}
          first={first}
          samples={samples}
          causes={causes}
        >
          {charts}
        </Wall>
      </>
    );
  }
  return (
    <>
      {head}
      <Overview
        language={language}
        words={overviewWords[language]}
        first={first}
        samples={samples}
        news={news}
        result={result}
        askToClear={askToClear}
        mayAct={mayAs(role, "operator")}
      />
      <div class="split" data-side="main">
        <div class="stack">
          {charts}
          <LogTail
            language={language}
            words={logWords[language]}
            initial={lines?.map((line) =>
              lineForPage(language, line)
            ) ?? null}
          />
        </div>
        <div class="stack">
          <OverviewSide language={language} words={sideWords} first={first} causes={causes} />
        </div>
      </div>
    </>
  );
});
