import { signal, useComputed, useSignal } from "@preact/signals";
import { useEffect, useMemo, useRef } from "preact/hooks";
import * as v from "valibot";
import { LogDetail } from "../components/LogDetail.tsx";
import { LogFilterForm } from "../components/LogFilterForm.tsx";
import { LogList } from "../components/LogList.tsx";
import { LogTools } from "../components/LogTools.tsx";
import { callApi } from "../lib/dashboard/api.ts";
import { createLiveLog } from "../lib/dashboard/live_log.ts";
import { liveStatus } from "../lib/dashboard/live_status.ts";
import {
  filterLines,
  filterQuery,
  isFiltering,
  type LogFilter,
  NO_FILTER,
} from "../lib/dashboard/log_filter.ts";
import { type LogLine, logLine } from "../lib/dashboard/log_model.ts";
import type { Language } from "../lib/i18n/language.ts";
import type { logsWords } from "../lib/i18n/logs_words.ts";
import { createVoice } from "../lib/i18n/voice.ts";
import type { WordKey, Words } from "../lib/i18n/words.ts";

/** The most lines that the page keeps. */
const CAPACITY = 10_000;

export interface LogsProps {
  language: Language;
  words: Words<WordKey<typeof logsWords>>;
  /** The filter of the page's address. */
  asked: LogFilter;
  /** The last lines that it lets through, oldest first. */
  initial: LogLine[];
}

/** The log of the whole system as it grows: filtered, paused, read in full, taken away. */
export default function Logs({ language, words, asked, initial }: LogsProps) {
  const voice = useMemo(() => createVoice(language, words), []);
  const status = useMemo(() => liveStatus(null), []);
  const loaded = useMemo(() => signal(false), []);
  const log = useMemo(
    () =>
      createLiveLog([], {
        capacity: CAPACITY,
        status: status.link,
        async earlier() {
          const data = v.object({ lines: v.array(logLine) });
          const answer = await callApi("/api/processor/logs", data);
          loaded.value = true;
          return answer.kind === "done" ? answer.data.lines : [];
        },
      }),
    [],
  );
  useEffect(() => {
    log.start();
    return () => log[Symbol.dispose]();
  }, []);

  const filter = useSignal(asked);
  const selected = useSignal<LogLine | null>(null);
  /** Whether it was scrolling, not the button, that made the pause. */
  const scrolledAway = useRef(false);
  const { lines, paused, waiting } = log.model;
  const ready = useComputed(() => loaded.value && lines.value.length > 0);
  const rows = useComputed(() => {
    if (!ready.value) return initial;
    return isFiltering(filter.value) ? filterLines(lines.value, filter.value) : lines.value;
  });
  const following = useComputed(() => !paused.value);
  const nodes = useComputed(() => status.model.status.value?.nodes.map(({ node }) => node) ?? []);

  function setFilter(wanted: LogFilter) {
    filter.value = wanted;
    history.replaceState(null, "", `/logs${filterQuery(wanted)}`);
  }
  const change = (part: Partial<LogFilter>) => setFilter({ ...filter.peek(), ...part });

  function pause(byScrolling: boolean) {
    scrolledAway.current = byScrolling;
    log.model.pause();
  }

  function select(line: LogLine | null) {
    selected.value = line;
    if (line !== null && !paused.peek()) pause(false);
  }

  return (
    <div class="logs">
      {useComputed(() => (
        <LogFilterForm
          voice={voice}
          filter={filter}
          nodes={nodes}
          change={change}
          reset={() => setFilter(NO_FILTER)}
        />
      ))}
      <section class="panel log-panel" aria-label={voice.say("title")}>
        <LogTools
          voice={voice}
          filter={filter}
          rows={rows}
          total={useComputed(() => ready.value ? lines.value.length : initial.length)}
          paused={paused}
          waiting={waiting}
          pause={() => pause(false)}
          resume={log.model.resume}
        />
        <p class="log-none" hidden={useComputed(() => rows.value.length > 0)}>
          {useComputed(() => voice.say(isFiltering(filter.value) ? "noMatch" : "none"))}
        </p>
        <LogList
          voice={voice}
          rows={rows}
          following={following}
          selected={selected}
          select={select}
          onLeave={() => !paused.peek() && pause(true)}
          onReturn={() => paused.peek() && scrolledAway.current && log.model.resume()}
        />
        <div class="log-detail scripted" role="region" aria-label={voice.say("detail")}>
          {useComputed(() => <LogDetail voice={voice} line={selected.value} change={change} />)}
        </div>
      </section>
    </div>
  );
}
