import { type EventsVoice } from "../../lib/dashboard/events/describe_event.ts";
import { describeEvent } from "../../lib/dashboard/events/describe_event.ts";
import { MINUTE_MS } from "../../lib/dashboard/events/timeline_query.ts";
import type { AxisVoice } from "../../lib/i18n/axis_voice.ts";
import type { Values } from "../../lib/dashboard/charts/series.ts";
import type { AuditEvent } from "../../lib/wire/audit_event.ts";
import { placeOf, Plot } from "../charts/Plot.tsx";
import { PlotLegend } from "../charts/PlotLegend.tsx";
import { EventMark } from "./EventMark.tsx";

export interface TimelineChartProps {
  voice: EventsVoice;
  axis: AxisVoice;
  from: number;
  to: number;
  rates: { processed: Values; failed: Values };
  marks: readonly AuditEvent[];
  /** The start of the open minute. */
  minute: number | null;
  minuteHref: (minute: number) => string;
}

/** Throughput over the span, with every event as a mark that opens its minute. */
export function TimelineChart(props: TimelineChartProps) {
  const { voice, axis, from, to, rates, marks, minute, minuteHref } = props;
  const seconds = (to - from) / 1_000;
  const label = voice.say("chartLabel", {
    from: axis.moment(from, seconds),
    to: axis.moment(to, seconds),
    count: marks.length,
  });
  const band = minute === null
    ? []
    : [{ from: minute, to: minute + MINUTE_MS, look: "band" as const }];
  return (
    <section class="panel" aria-label={voice.say("chart")}>
      <figure class="chart">
        <figcaption>
          <h2>{voice.say("chart")}</h2>
          <PlotLegend
            entries={[
              { name: "out", word: voice.say("finished") },
              { name: "fail", word: voice.say("failing") },
            ]}
          />
        </figcaption>
        <Plot
          label={label}
          axis={axis}
          from={from}
          to={to}
          size="tall"
          bands={band}
          lines={[
            { name: "out", values: rates.processed, area: true },
            { name: "fail", values: rates.failed },
          ]}
        >
          {marks.map((event) => (
            <EventMark
              key={event.id}
              event={event}
              place={placeOf(event.at, from, to)}
              label={`${voice.time(event.at)} ${
                describeEvent(voice, event).map(({ text }) => text).join("")
              }`}
              href={minuteHref(event.at - event.at % MINUTE_MS)}
            />
          ))}
        </Plot>
      </figure>
    </section>
  );
}
