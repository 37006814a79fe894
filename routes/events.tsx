import { page } from "fresh";
import { EventFilter } from "../components/events/EventFilter.tsx";
import { MinutePanel } from "../components/events/MinutePanel.tsx";
import { TimelineChart } from "../components/events/TimelineChart.tsx";
import { TimelineSpans } from "../components/events/TimelineSpans.tsx";
import { EventDays } from "../components/events/EventDays.tsx";
import { PageHeader } from "../components/shell/PageHeader.tsx";
import { PageHead } from "../components/shell/PageHead.tsx";
import { define } from "../define.ts";
import { readTimelineQuery, timelineHref } from "../lib/dashboard/events/timeline_query.ts";
import { readTimeline } from "../lib/http/events/read_timeline.ts";
import { lineForPage } from "../lib/http/logs/line_for_reader.ts";
import { knownStatus } from "../lib/http/overview/first_status.ts";
import { unlessAway } from "../lib/http/outage_error.ts";
import { createAxisVoice } from "../lib/i18n/axis_voice.ts";
import { eventsWords } from "../lib/i18n/events_words.ts";
import { createVoice } from "../lib/i18n/voice.ts";

const STYLES = ["table", "charts", "facets", "events"];

/** The timeline: the audit log over the throughput, and each minute in detail. */
export const handler = define.handlers({
  async GET({ state: { node }, url: { searchParams } }) {
    const query = readTimelineQuery(searchParams);
    const timeline = await unlessAway(readTimeline(node, query, node.clock.now()), null);
    const nodes = knownStatus(node).status?.nodes.map((each) => each.node) ?? [];
    return page({ query, timeline, nodes, days: node.config.eventsDays });
  },
});

export default define.page<typeof handler>(({ data, state: { language } }) => {
  const { query, timeline, nodes, days } = data;
  const voice = createVoice(language, eventsWords[language]);
  const { say } = voice;
  const isFiltered = query.groups.length > 0 || query.actor !== "" || query.node !== "";
  const minuteHref = (minute: number | null) => timelineHref(query, { minute });
  const exported = new URLSearchParams(query.actor === "" ? {} : { actor: query.actor });
  const actors = timeline === null
    ? []
    : [...new Set([...timeline.events, ...timeline.marks].map(({ actor }) => actor.name))].sort();
  return (
    <>
      <PageHead title={say("title")} styles={STYLES} />
      <PageHeader title={say("title")} note={say("note", { days })}>
        <TimelineSpans voice={voice} query={query} now={timeline?.now ?? null} />
        <a
          class="button"
          data-look="quiet"
          data-size="small"
          href={`/api/events/export?${exported}`}
          download
        >
          {say("export")}
        </a>
      </PageHeader>
      {timeline === null
        ? <p class="panel panel-body">{say("unavailable")}</p>
        : (
          <div class="stack">
            <TimelineChart
              voice={voice}
              axis={createAxisVoice(language)}
              from={timeline.from}
              to={timeline.to}
              rates={timeline.rates}
              marks={timeline.marks}
              minute={query.minute}
              minuteHref={minuteHref}
            />
            {timeline.minute !== null && (
              <MinutePanel
                voice={voice}
                shown={{
                  ...timeline.minute,
                  lines: timeline.minute.lines.map((line) => lineForPage(language, line)),
                }}
                minuteHref={minuteHref}
              />
            )}
            <EventFilter voice={voice} query={query} actors={actors} nodes={nodes} />
            <EventDays
              voice={voice}
              now={timeline.now}
              events={timeline.events}
              minute={query.minute}
              minuteHref={minuteHref}
              none={
                <>
                  <span>{say(isFiltered ? "noneFiltered" : "none")}</span>
                  {query.span !== "7d" && (
                    <a class="link" href={timelineHref(query, { span: "7d" })}>{say("widen")}</a>
                  )}
                </>
              }
            />
            {timeline.cursor !== null && (
              <a class="button events-more" href={timelineHref(query, { cursor: timeline.cursor })}>
                {say("more")}
              </a>
            )}
          </div>
        )}
    </>
  );
});
