import { type ReadonlySignal, useComputed, useSignal } from "@preact/signals";
import { filterQuery, type LogFilter } from "../lib/dashboard/log_filter.ts";
import type { LogLine } from "../lib/dashboard/log_model.ts";
import { logText } from "../lib/dashboard/log_text.ts";
import type { logsWords } from "../lib/i18n/logs_words.ts";
import type { Voice } from "../lib/i18n/voice.ts";
import type { WordKey } from "../lib/i18n/words.ts";
import { Icon } from "./Icon.tsx";

export interface LogToolsProps {
  voice: Voice<WordKey<typeof logsWords>>;
  filter: ReadonlySignal<LogFilter>;
  rows: ReadonlySignal<readonly LogLine[]>;
  /** How many lines there are, shown or not. */
  total: ReadonlySignal<number>;
  paused: ReadonlySignal<boolean>;
  waiting: ReadonlySignal<number>;
  pause: () => void;
  resume: () => void;
}

/** How many lines are shown and wait, and what can be done with them. */
export function LogTools(props: LogToolsProps) {
  const { voice, filter, rows, total, paused, waiting, pause, resume } = props;
  const { say } = voice;
  const copied = useSignal("");
  const count = useComputed(() => {
    const shown = rows.value.length;
    if (shown === total.value) return say("shown", { count: shown });
    return say("shownOf", { count: shown, total: total.value });
  });
  const state = useComputed(() => {
    if (!paused.value) return "";
    return waiting.value > 0 ? say("pausedWaiting", { count: waiting.value }) : say("pausedNone");
  });

  async function copy() {
    const lines = rows.peek();
    try {
      await navigator.clipboard.writeText(logText(lines));
      copied.value = say("copied", { count: lines.length });
    } catch {
      // Browsers allow it in secure contexts alone, or ask the visitor, who may say no.
      copied.value = say("notCopied");
    }
  }

  function download(event: MouseEvent) {
    event.preventDefault();
    const address = URL.createObjectURL(new Blob([logText(rows.peek())], { type: "text/plain" }));
    const link = document.createElement("a");
    link.href = address;
    link.download = "millrace.log";
    link.click();
    URL.revokeObjectURL(address);
  }

  return (
    <header class="panel-header log-tools">
      <p>
        <span data-field="log-count">{count}</span>
        <span class="log-paused" data-field="log-waiting">{state}</span>
        <span role="status">{copied}</span>
      </p>
      <button
        type="button"
        class="button scripted"
        data-look={useComputed(() => paused.value ? "main" : "plain")}
        onClick={() => paused.peek() ? resume() : pause()}
      >
        {useComputed(() => <Icon name={paused.value ? "start" : "pause"} />)}
        <span>{useComputed(() => say(paused.value ? "resume" : "pause"))}</span>
      </button>
      <button type="button" class="button scripted" data-look="quiet" onClick={copy}>
        <Icon name="copy" />
        <span>{say("copy")}</span>
      </button>
      <a
        class="button"
        data-look="quiet"
        download="millrace.log"
        href={useComputed(() => {
          const query = filterQuery(filter.value);
          return `/api/processor/logs${query === "" ? "?" : `${query}&`}format=text`;
        })}
        onClick={download}
      >
        <Icon name="download" />
        <span>{say("download")}</span>
      </a>
    </header>
  );
}
