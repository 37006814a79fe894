import {
  type ReadonlySignal,
  type Signal,
  useComputed,
  useSignal,
  useSignalEffect,
} from "@preact/signals";
import { useMemo } from "preact/hooks";
import type { HistoryModel } from "../../lib/dashboard/charts/history_model.ts";
import { bandsOf } from "../../lib/dashboard/charts/mark_bands.ts";
import { plotGestures } from "../../lib/dashboard/charts/plot_gestures.ts";
import type { ChartKind, ChartSeries } from "../../lib/dashboard/charts/series_rows.ts";
import { describeEvent, type EventsVoice } from "../../lib/dashboard/events/describe_event.ts";
import { MINUTE_MS } from "../../lib/dashboard/events/timeline_query.ts";
import { below } from "../../lib/dashboard/shell/base_path.ts";
import type { AxisVoice } from "../../lib/i18n/axis_voice.ts";
import type { chartWords } from "../../lib/i18n/chart_words.ts";
import type { Voice } from "../../lib/i18n/voice.ts";
import type { WordKey } from "../../lib/i18n/words.ts";
import type { AuditEvent } from "../../lib/wire/audit_event.ts";
import { EventMark } from "../events/EventMark.tsx";
import { ChartTable } from "./ChartTable.tsx";
import { ChartTip, nearestStep, newestOf, PlotCursor } from "./ChartTip.tsx";
import { MomentInput } from "./MomentInput.tsx";
import { type LineName, placeOf, Plot, type PlotBand } from "./Plot.tsx";
import { PlotLegend } from "./PlotLegend.tsx";

export interface ChartFigureProps {
  voice: Voice<WordKey<typeof chartWords>>;
  events: EventsVoice;
  axis: AxisVoice;
  title: string;
  /** The lines of the chart, each with its look. */
  lines: readonly { name: string; word: string; look: LineName }[];
  /** The columns of the table. */
  columns: readonly { name: string; word: string }[];
  kind: ChartKind;
  /** The values of the lines and columns. */
  series: ReadonlySignal<ChartSeries>;
  /** The least upper end of the scale, so that several charts have the same one. */
  most?: ReadonlySignal<number>;
  size?: "small";
  /** The current values by line, as elsewhere on the page; null for a span in the past. Default: the newest in the plot. */
  current?: ReadonlySignal<Readonly<Record<string, number | null>> | null>;
  history: HistoryModel;
  /** The time under the pointer, shared by the page's charts. */
  moment: Signal<number | null>;
}

const DAY = 86_400;
/** The age of a status up to which there is no gap. */
const GAP_MS = 3_000;

/** A chart with its legend, the values at the pointer, and a table of the same data. */
export function ChartFigure(props: ChartFigureProps) {
  const { voice, events, axis, title, lines, columns, kind, series, most, size } = props;
  const { history, current, moment } = props;
  const { length } = history;
  const { dragged, gestures } = usePlotGestures(props);
  const formatTime = (at: number) => axis.moment(at, length.value);
  const value = (each: number | null) =>
    each === null ? "–" : kind === "depth" ? voice.count(each) : voice.rate(each);
  const exactTime = (at: number) => length.value < DAY ? voice.time(at) : voice.moment(at);
  const rowsAt = (at: number) => {
    const index = nearestStep(series.peek().at, at);
    return lines.map(({ name, word }) => ({
      word,
      value: value(series.peek().values[name]?.[index] ?? null),
    }));
  };
  const plot = useComputed(() => {
    const { at, values } = series.value;
    const shift = dragged.value;
    const [from, to] = [at[0]! - shift, at.at(-1)! - shift];
    return (
      <Plot
        label={voice.say("chart", { title, from: formatTime(from), to: formatTime(to) })}
        axis={axis}
        from={from}
        to={to}
        shift={shift}
        offsetMinutes={-new Date(to).getTimezoneOffset()}
        bands={plotBands(history, from, to)}
        most={most?.value}
        size={size}
        lines={lines.map(({ name, look }, index) => ({
          name: look,
          values: values[name] ?? [],
          area: index === 0 && look !== "a" && kind !== "time",
        }))}
      >
        <PlotCursor moment={moment} from={from} to={to} />
        <PlotMarks events={events} marks={history.marks.value} {...{ from, to, exactTime }} />
      </Plot>
    );
  });
  const tip = useComputed(() => (
    <ChartTip
      moment={moment}
      from={series.value.at[0]!}
      to={series.value.at.at(-1)!}
      time={exactTime}
      rows={rowsAt}
      href={minuteHref}
      link={voice.say("openMinute")}
    />
  ));
  const useNewest = (name: string) =>
    useComputed(() => value(current?.value?.[name] ?? newestOf(series.value.values[name] ?? [])));

  return (
    <figure class="chart">
      <figcaption>
        <h3>{title}</h3>
        <PlotLegend
          entries={lines.map(({ name, word, look }) => ({
            name: look,
            word,
            value: useNewest(name),
          }))}
        />
      </figcaption>
      <div class="tip-place">
        <div class="plot-place" {...gestures}>{plot}</div>
        {tip}
        <MomentInput
          label={voice.say("pointed", { title })}
          series={series}
          moment={moment}
          text={(at) =>
            [exactTime(at), ...rowsAt(at).map(({ word, value }) => `${word} ${value}`)].join(", ")}
          onOpen={openMinute}
        />
      </div>
      <ChartTable
        voice={voice}
        title={title}
        columns={columns}
        kind={kind}
        series={series}
        length={length}
        formatTime={formatTime}
      />
    </figure>
  );
}

const minuteHref = (at: number) => `/events?minute=${Math.floor(at / MINUTE_MS) * MINUTE_MS}`;
const openMinute = (at: number) => location.assign(below(minuteHref(at)));

/** The gestures on a plot, and how far it is dragged, in ms: until the data of the new view arrives. */
function usePlotGestures(
  { history, series, moment }: Pick<ChartFigureProps, "history" | "series" | "moment">,
) {
  const { span, end, until, loading } = history;
  const dragged = useSignal(0);
  const gestures = useMemo(() =>
    plotGestures({
      moment,
      dragged,
      range: () => [series.peek().at[0]!, series.peek().at.at(-1)!],
      onDrag: (ms) => history.show(span.peek(), end.peek() - ms),
      onOpen: openMinute,
    }), []);
  useSignalEffect(() => {
    void [until.value, span.value];
    if (!loading.value) dragged.value = 0;
  });
  return { dragged, gestures };
}

/** The periods of outages and alerts, and the time after the newest report. */
function plotBands({ marks, known }: HistoryModel, from: number, to: number): PlotBand[] {
  const bands: PlotBand[] = bandsOf(marks.value, from, to)
    .map((band) => ({ ...band, look: "band-bad" }));
  if (to - known.value > GAP_MS) {
    bands.push({ from: Math.max(from, known.value), to, look: "band-gap" });
  }
  return bands;
}

interface PlotMarksProps {
  events: EventsVoice;
  marks: readonly AuditEvent[];
  from: number;
  to: number;
  exactTime: (at: number) => string;
}

/** The events within a plot, each linked to its minute. */
function PlotMarks({ events, marks, from, to, exactTime }: PlotMarksProps) {
  const described = (event: AuditEvent) =>
    describeEvent(events, event).map(({ text }) => text).join("");
  return (
    <>
      {marks.filter(({ at }) => at >= from && at <= to).map((event) => (
        <EventMark
          key={event.id}
          event={event}
          place={placeOf(event.at, from, to)}
          label={`${exactTime(event.at)} ${described(event)}`}
          href={minuteHref(event.at)}
        />
      ))}
    </>
  );
}
