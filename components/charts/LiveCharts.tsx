import { useComputed, useSignal, useSignalEffect } from "@preact/signals";
import type { ComponentType } from "preact";
import { useEffect, useMemo, useRef } from "preact/hooks";
import {
  type BreakdownChoice,
  createBreakdownModel,
  type ShownBreakdown,
} from "../../lib/dashboard/charts/breakdown_model.ts";
import { writeBreakdownChoice } from "../../lib/dashboard/charts/breakdown_query.ts";
import {
  createHistoryModel,
  DEFAULT_SPAN,
  type HistoryView,
  type SpanName,
  type Spans,
} from "../../lib/dashboard/charts/history_model.ts";
import { type FirstStatus, liveStatus } from "../../lib/dashboard/live/live_status.ts";
import { describeFailure } from "../../lib/dashboard/requests/describe_failure.ts";
import { createAxisVoice } from "../../lib/i18n/axis_voice.ts";
import type { chartWords } from "../../lib/i18n/chart_words.ts";
import type { eventsWords } from "../../lib/i18n/events_words.ts";
import type { Language } from "../../lib/i18n/language.ts";
import { createVoice } from "../../lib/i18n/voice.ts";
import type { WordKey, Words } from "../../lib/i18n/words.ts";
import type { BreakdownChartsProps } from "./BreakdownCharts.tsx";
import { ChartControls } from "./ChartControls.tsx";
import { TotalCharts } from "./TotalCharts.tsx";

/** The code of the charts by node or group, which few pages need. */
export type BreakdownCode = ComponentType<BreakdownChartsProps>;

export function loadBreakdown(): Promise<BreakdownCode> {
  return import("./BreakdownCharts.tsx").then((module) => module.BreakdownCharts);
}

export interface LiveChartsProps {
  language: Language;
  words: Words<WordKey<typeof chartWords>>;
  /** The words of the events that are marked on the charts. */
  eventWords: Words<WordKey<typeof eventsWords>>;
  spans: Spans;
  /** The initial history. */
  first: HistoryView;
  /** The initial breakdown of the charts. */
  firstBreakdown: ShownBreakdown;
  /** Whether there are controls: a wall has none. */
  controls: boolean;
}

/** A smaller gap is within the newest steps, which the next status fills. */
const UNNOTED_MS = 1_000;
/** The polling interval of marks and timings of live charts. */
const REFRESH_MS = 10_000;
/** The polling interval by node or by group: once per point. */
const REFRESH_PARTS_MS = 5_000;

/** The stream's history of rates and depths, which updates live and pans by drag. */
export function LiveCharts(
  props: LiveChartsProps & {
    code: BreakdownCode | null;
    /** The status with which the server renders; in a browser the islands share one. */
    status?: FirstStatus;
  },
) {
  const { language, words, eventWords, spans, first, firstBreakdown, controls } = props;
  const voice = useMemo(() => createVoice(language, words), []);
  const events = useMemo(() => createVoice(language, eventWords), []);
  const axis = useMemo(() => createAxisVoice(language), []);
  const history = useMemo(() => createHistoryModel(spans, first), []);
  const breakdown = useMemo(() => createBreakdownModel(history, firstBreakdown), []);
  const { model, rates, ageMs } = useMemo(() => liveStatus(props.status ?? null), []);
  useSignalEffect(() => {
    if (model.status.value !== null) history.note(model.status.value);
  });
  useSignalEffect(() => history.age(ageMs.value));
  useEffect(() => {
    const every = (ms: number, { refresh }: { refresh: () => Promise<void> }) =>
      setInterval(() => history.until.peek() === null && void refresh(), ms);
    const timers = [every(REFRESH_MS, history), every(REFRESH_PARTS_MS, breakdown)];
    return () => timers.forEach(clearInterval);
  }, []);
  useEffect(() => {
    // The history between the page's response and now is missing.
    const { at = 0 } = model.status.peek() ?? {};
    if (at - first.now > UNNOTED_MS) void history.show(first.span, first.until);
  }, []);

  const fetched = useRef(`${first.span} ${first.until}`);
  useSignalEffect(() => {
    const wanted = `${history.span.value} ${history.until.value}`;
    if (wanted !== fetched.current) void breakdown.refresh();
    fetched.current = wanted;
  });
  useSignalEffect(() =>
    keepInAddress(history.span.value, history.until.value, breakdown.shown.value)
  );

  const code = useSignal(props.code === null ? null : { Charts: props.code });
  const codeMissing = useSignal(false);
  useSignalEffect(() => {
    if (breakdown.shown.value.view === null || code.peek() !== null) return;
    loadBreakdown().then(
      (Charts) => code.value = { Charts },
      () => codeMissing.value = true,
    );
  });
  const moment = useSignal<number | null>(null);
  const current = useComputed(() =>
    history.until.value !== null ? null : {
      processed: model.speed.value,
      failed: rates.value?.failing ?? null,
      pending: model.pending.value,
      retry: model.retry.value,
    }
  );
  const shared = { voice, events, axis, history, current, moment };
  const period = useComputed(() => {
    if (codeMissing.value) return voice.say("partMissing");
    const { series, until, length } = history;
    const failure = history.failure.value ?? breakdown.failure.value;
    if (failure !== null) {
      return voice.say("failure", { reason: describeFailure(voice, failure) });
    }
    const [from, to] = [series.value.at[0]!, series.value.at.at(-1)!];
    const formatTime = (at: number) => axis.moment(at, length.value);
    return until.value === null
      ? voice.say("live", { from: formatTime(from) })
      : voice.say("period", { from: formatTime(from), to: formatTime(to) });
  });

  return (
    <section class="panel charts" aria-labelledby="charts-title">
      <header class="panel-header">
        <h2 id="charts-title">{voice.say("title")}</h2>
        <p>
          <span data-field="period">{period}</span>
          {controls && <span class="scripted">{voice.say("note")}</span>}
        </p>
        {controls && <ChartControls voice={voice} history={history} breakdown={breakdown} />}
      </header>
      {useComputed(() => {
        const loaded = code.value;
        return breakdown.shown.value.view === null || loaded === null
          ? <TotalCharts shared={shared} times={controls} />
          : <loaded.Charts shared={shared} breakdown={breakdown} />;
      })}
    </section>
  );
}

/** Keeps the view in the page's address: a link to it, and a reload, show the same. */
function keepInAddress(span: SpanName, until: number | null, choice: BreakdownChoice) {
  const address = new URL(location.href);
  const { searchParams: query } = address;
  if (query.has("span") || span !== DEFAULT_SPAN) query.set("span", span);
  if (until === null) query.delete("until");
  else query.set("until", String(until));
  writeBreakdownChoice(query, choice);
  if (address.href !== location.href) {
    globalThis.history.replaceState(globalThis.history.state, "", address);
  }
}
