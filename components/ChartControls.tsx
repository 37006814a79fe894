import { useComputed } from "@preact/signals";
import { type HistoryModel, SPAN_NAMES } from "../lib/dashboard/history_model.ts";
import type { Voice } from "../lib/i18n/voice.ts";
import { Icon } from "./Icon.tsx";

export interface ChartControlsProps {
  voice: Voice<"span" | `span${typeof SPAN_NAMES[number]}` | "earlier" | "later" | "now">;
  history: HistoryModel;
}

/** Chooses what the charts show: a span, and its end by steps of half of it. */
export function ChartControls({ voice, history }: ChartControlsProps) {
  const { span, until, end, length, loading } = history;
  const live = useComputed(() => until.value === null ? "true" : "false");
  const moved = (direction: -1 | 1) =>
    useComputed(() => String(Math.round(end.value + direction * length.value * 500)));
  const [earlier, later] = [moved(-1), moved(1)];
  const act = (event: Event, show: () => void) => (event.preventDefault(), show());
  return (
    <div class="chart-controls">
      <form method="get" action="/" class="chart-moves">
        <input type="hidden" name="span" value={span} />
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
        <fieldset class="switch" aria-busy={useComputed(() => loading.value ? "true" : "false")}>
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
