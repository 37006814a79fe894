import { type ReadonlySignal, useComputed } from "@preact/signals";
import { filterQuery, type LogFilter } from "../../lib/dashboard/logs/log_filter.ts";
import { cursorAt, LIVE, logHref } from "../../lib/dashboard/logs/log_span.ts";
import type { LogLine } from "../../lib/dashboard/logs/log_model.ts";
import { logText } from "../../lib/dashboard/logs/log_text.ts";
import type { logsWords } from "../../lib/i18n/logs_words.ts";
import type { Voice } from "../../lib/i18n/voice.ts";
import type { WordKey } from "../../lib/i18n/words.ts";
import { Icon } from "../shell/Icon.tsx";
import { CopyLog } from "./CopyLog.tsx";
import { below } from "../../lib/dashboard/shell/base_path.ts";

export interface LogToolsProps {
  voice: Voice<WordKey<typeof logsWords>>;
  filter: ReadonlySignal<LogFilter>;
  rows: ReadonlySignal<readonly LogLine[]>;
  /** The total number of lines. */
  total: ReadonlySignal<number>;
  paused: ReadonlySignal<boolean>;
  waiting: ReadonlySignal<number>;
  pause: () => void;
  resume: () => void;
}

/** The numbers of displayed and buffered lines, and the actions. */
export function LogTools(props: LogToolsProps) {
  const { voice, filter, rows, total, paused, waiting, pause, resume } = props;
  const { say } = voice;
  const count = useComputed(() => {
    const shown = rows.value.length;
    if (shown === total.value) return say("shown", { count: shown });
    return say("shownOf", { count: shown, total: total.value });
  });
  const older = useComputed(() => {
    const [first] = rows.value;
    const begin = first === undefined ? Date.now() : Date.parse(first.timestamp);
    return below(logHref(filter.value, { ...LIVE, before: cursorAt(begin) }));
  });
  const state = useComputed(() => {
    if (!paused.value) return "";
    return waiting.value > 0 ? say("pausedWaiting", { count: waiting.value }) : say("pausedNone");
  });

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
      </p>
      <a class="button" data-look="quiet" href={older}>
        <Icon name="previous" />
        <span>{say("older")}</span>
      </a>
      <button
        type="button"
        class="button scripted"
        data-look={useComputed(() => paused.value ? "main" : "plain")}
        onClick={() => paused.peek() ? resume() : pause()}
      >
        {useComputed(() => <Icon name={paused.value ? "start" : "pause"} />)}
        <span>{useComputed(() => say(paused.value ? "resume" : "pause"))}</span>
      </button>
      <CopyLog voice={voice} rows={rows} />
      <a
        class="button"
        data-look="quiet"
        download="millrace.log"
        href={useComputed(() => {
          const query = filterQuery(filter.value);
          return below(`/api/processor/logs${query === "" ? "?" : `${query}&`}format=text`);
        })}
        onClick={download}
      >
        <Icon name="download" />
        <span>{say("download")}</span>
      </a>
    </header>
  );
}
