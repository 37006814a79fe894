import { useComputed } from "@preact/signals";
import type { BreakdownModel } from "../../lib/dashboard/charts/breakdown_model.ts";
import { breakdownEntries } from "../../lib/dashboard/charts/breakdown_query.ts";
import { type HistoryModel, SPAN_NAMES } from "../../lib/dashboard/charts/history_model.ts";
import type { Voice } from "../../lib/i18n/voice.ts";
import { BREAKDOWNS } from "../../lib/wire/breakdown.ts";
import { Icon } from "../shell/Icon.tsx";

export interface ChartControlsProps {
  voice: Voice<
    | ("span" | `span${typeof SPAN_NAMES[number]}` | "earlier" | "later" | "now")
    | ("by" | typeof BY_WORDS[keyof typeof BY_WORDS])
  >;
  history: HistoryModel;
  breakdown: BreakdownModel;
}

const BY_WORDS = { total: "byTotal", node: "byNode", group: "byGroup" } as const;

/** Chooses what the charts show: by what, a span, and its end by steps of half of it. */
export function ChartControls({ voice, history, breakdown }: ChartControlsProps) {
  const { span, until, end, length, loading } = history;
  const live = useComputed(() => until.value === null ? "true" : "false");
  const useMoved = (direction: -1 | 1) =>
    useComputed(() => String(Math.round(end.value + direction * length.value * 500)));
  const [earlier, later] = [useMoved(-1), useMoved(1)];
  const kept = useComputed(() =>
    breakdownEntries(breakdown.shown.value).map(([name, value]) => (
      <input key={name} type="hidden" name={name} value={value} />
    ))
  );
  return (
    <div class="chart-controls">
      <BreakdownChoice voice={voice} history={history} breakdown={breakdown} />
      <form method="get" action="/" class="chart-moves">
        <input type="hidden" name="span" value={span} />
        {kept}
        <button
          type="submit"
          class="button"
          data-look="icon"
          name="until"
          value={earlier}
          aria-label={voice.say("earlier")}
          title={voice.say("earlier")}
          onClick={(event) => act(event, () => history.show(span.peek(), Number(earlier.peek())))}
        >
          <Icon name="previous" />
        </button>
        <button
          type="submit"
          class="button"
          data-look="icon"
          name="until"
          value={later}
          aria-label={voice.say("later")}
          title={voice.say("later")}
          aria-disabled={live}
          onClick={(event) =>
            act(event, () => {
              if (until.peek() !== null) history.show(span.peek(), Number(later.peek()));
            })}
        >
          <Icon name="next" />
        </button>
        <button
          type="submit"
          class="button"
          data-look="quiet"
          aria-disabled={live}
          onClick={(event) =>
            act(event, () => {
              if (until.peek() !== null) history.show(span.peek(), null);
            })}
        >
          <span>{voice.say("now")}</span>
        </button>
      </form>
      <form method="get" action="/">
        {kept}
        <fieldset class="segments" aria-busy={useComputed(() => loading.value ? "true" : "false")}>
          <legend class="unseen">{voice.say("span")}</legend>
          {SPAN_NAMES.map((name) => (
            <button
              type="submit"
              key={name}
              name="span"
              value={name}
              aria-pressed={useComputed(() => span.value === name ? "true" : "false")}
              onClick={(event) => act(event, () => history.show(name, until.peek()))}
            >
              {voice.say(`span${name}`)}
            </button>
          ))}
        </fieldset>
      </form>
    </div>
  );
}

/** Chooses by what the counts are broken down. */
function BreakdownChoice({ voice, history: { span, until }, breakdown }: ChartControlsProps) {
  return (
    <form method="get" action="/">
      <input type="hidden" name="span" value={span} />
      {until.value !== null && <input type="hidden" name="until" value={until.value} />}
      <fieldset
        class="segments"
        aria-busy={useComputed(() => breakdown.loading.value ? "true" : "false")}
      >
        <legend class="unseen">{voice.say("by")}</legend>
        {([null, ...BREAKDOWNS] as const).map((by) => (
          <button
            type="submit"
            key={by}
            name="by"
            value={by ?? ""}
            aria-pressed={useComputed(() => breakdown.shown.value.by === by ? "true" : "false")}
            onClick={(event) => act(event, () => breakdown.show({ by, pair: [] }))}
          >
            {voice.say(BY_WORDS[by ?? "total"])}
          </button>
        ))}
      </fieldset>
    </form>
  );
}

/** Shows a view in place of the form's submission. */
function act(event: Event, show: () => void) {
  event.preventDefault();
  show();
}
