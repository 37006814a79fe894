import { useComputed, useSignalEffect } from "@preact/signals";
import { useEffect, useMemo } from "preact/hooks";
import {
  createHistoryModel,
  type HistoryView,
  type Spans,
} from "../lib/dashboard/history_model.ts";
import { liveStatus } from "../lib/dashboard/live_status.ts";
import { sayFailure } from "../lib/dashboard/say_failure.ts";
import { DEPTHS, RATES } from "../lib/dashboard/series.ts";
import { createAxisVoice } from "../lib/i18n/axis_voice.ts";
import type { chartWords } from "../lib/i18n/chart_words.ts";
import type { Language } from "../lib/i18n/language.ts";
import { createVoice } from "../lib/i18n/voice.ts";
import type { WordKey, Words } from "../lib/i18n/words.ts";
import { ChartControls } from "./ChartControls.tsx";
import { ChartFigure } from "./ChartFigure.tsx";

export interface LiveChartsProps {
  language: Language;
  words: Words<WordKey<typeof chartWords>>;
  spans: Spans;
  /** The history that the page was made with. */
  first: HistoryView;
  /** Whether there are controls: a wall has none. */
  controls: boolean;
}

/** Less than this is within the newest steps, which the next status fills in. */
const UNNOTED_MS = 1_000;

/** The stream's past: rates and depths, which go on by themselves, or back by a drag. */
export function LiveCharts({ language, words, spans, first, controls }: LiveChartsProps) {
  const voice = useMemo(() => createVoice(language, words), []);
  const axis = useMemo(() => createAxisVoice(language), []);
  const history = useMemo(() => createHistoryModel(spans, first), []);
  const { model } = useMemo(() => liveStatus(null), []);
  useSignalEffect(() => {
    if (model.status.value !== null) history.note(model.status.value);
  });
  useEffect(() => {
    // What was between the making of the page and its charts' being seen has passed unnoted.
    const { at = 0 } = model.status.peek() ?? {};
    if (at - first.now > UNNOTED_MS) void history.show(first.span, first.until);
  }, []);

  const period = useComputed(() => {
    const { failure, series, until, length } = history;
    if (failure.value !== null) {
      return voice.say("failure", { reason: sayFailure(voice, failure.value) });
    }
    const [from, to] = [series.value.at[0]!, series.value.at.at(-1)!];
    const say = (at: number) => axis.moment(at, length.value);
    return until.value === null
      ? voice.say("live", { from: say(from) })
      : voice.say("period", { from: say(from), to: say(to) });
  });

  return (
    <section class="panel charts" aria-labelledby="charts-title">
      <header class="panel-header">
        <h2 id="charts-title">{voice.say("title")}</h2>
        <p>
          <span data-field="period">{period}</span>
          {controls && <span class="scripted">{voice.say("drag")}</span>}
        </p>
        {controls && <ChartControls voice={voice} history={history} />}
      </header>
      <div class="charts-pair">
        <ChartFigure
          voice={voice}
          axis={axis}
          title={voice.say("rates")}
          names={RATES}
          decimals={1}
          history={history}
        />
        <ChartFigure
          voice={voice}
          axis={axis}
          title={voice.say("depths")}
          names={DEPTHS}
          decimals={0}
          history={history}
        />
      </div>
      <p class="hint charts-hint">{voice.say("unfinished")}</p>
    </section>
  );
}
