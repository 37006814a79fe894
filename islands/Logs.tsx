import { type ReadonlySignal, signal, useComputed, useSignal } from "@preact/signals";
import { useEffect, useMemo, useRef } from "preact/hooks";
import * as z from "zod/mini";
import { LogDetail } from "../components/logs/LogDetail.tsx";
import { LogFilterForm } from "../components/logs/LogFilterForm.tsx";
import { LogList } from "../components/logs/LogList.tsx";
import { LogTools } from "../components/logs/LogTools.tsx";
import { callApi } from "../lib/dashboard/requests/api.ts";
import { createLiveLog } from "../lib/dashboard/logs/live_log.ts";
import type { LinkState } from "../lib/dashboard/live/live_socket.ts";
import { liveStatus } from "../lib/dashboard/live/live_status.ts";
import {
  filterLines,
  filterQuery,
  isFiltering,
  type LogFilter,
  NO_FILTER,
} from "../lib/dashboard/logs/log_filter.ts";
import { type LogLine, logLine } from "../lib/dashboard/logs/log_model.ts";
import { cursorAt, LIVE, logHref, type LogSpan } from "../lib/dashboard/logs/log_span.ts";
import type { Language } from "../lib/i18n/language.ts";
import type { logsWords } from "../lib/i18n/logs_words.ts";
import { createVoice, type Voice } from "../lib/i18n/voice.ts";
import type { WordKey, Words } from "../lib/i18n/words.ts";
import { below } from "../lib/dashboard/shell/base_path.ts";

/** The maximum number of lines that the page keeps. */
const CAPACITY = 10_000;

export interface LogsProps {
  language: Language;
  words: Words<WordKey<typeof logsWords>>;
  /** The filter from the page's URL. */
  initialFilter: LogFilter;
  /** The last matching lines, oldest first. */
  initial: LogLine[];
}

/** The live log of the whole system: filter, pause, details, copy and download. */
export default function Logs({ language, words, initialFilter, initial }: LogsProps) {
  const voice = useMemo(() => createVoice(language, words), []);
  const status = useMemo(() => liveStatus(null), []);
  const { log, loaded } = useLiveLog(status.link);

  const filter = useSignal(initialFilter);
  const selected = useSignal<LogLine | null>(null);
  /** Whether the pause was caused by scrolling rather than by the button. */
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
    history.replaceState(null, "", below(`/logs${filterQuery(wanted)}`));
  }
  const change = (part: Partial<LogFilter>) => setFilter({ ...filter.peek(), ...part });

  function show(time: Pick<LogSpan, "since" | "until">) {
    if (time.since === null && time.until === null) return;
    location.assign(below(logHref(filter.peek(), { ...LIVE, ...time })));
  }

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
          span={LIVE}
          change={change}
          reset={() => setFilter(NO_FILTER)}
          show={show}
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
        <div class="log-none" hidden={useComputed(() => rows.value.length > 0)}>
          {useComputed(() => (
            <NoLines
              voice={voice}
              filter={filter.value}
              isBrokerAway={status.health.value.state === "broker"}
            />
          ))}
        </div>
        <LogList
          voice={voice}
          label={voice.say("list")}
          rows={rows}
          following={following}
          selected={selected}
          dated={false}
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

/** The live log of this page, and whether its earlier lines were fetched. */
function useLiveLog(link: ReadonlySignal<LinkState>) {
  const loaded = useMemo(() => signal(false), []);
  const log = useMemo(
    () =>
      createLiveLog([], {
        capacity: CAPACITY,
        status: link,
        async earlier() {
          const data = z.object({ lines: z.array(logLine) });
          const response = await callApi("/api/processor/logs", data);
          loaded.value = true;
          return response.kind === "done" ? response.data.lines : [];
        },
      }),
    [],
  );
  useEffect(() => {
    log.start();
    return () => log[Symbol.dispose]();
  }, []);
  return { log, loaded };
}

interface NoLinesProps {
  voice: Voice<WordKey<typeof logsWords>>;
  filter: LogFilter;
  isBrokerAway: boolean;
}

/** Says why no line is shown; links a filter without matches to the kept log. */
function NoLines({ voice, filter, isBrokerAway }: NoLinesProps) {
  if (isBrokerAway) return <p>{voice.say("unreadable")}</p>;
  if (!isFiltering(filter)) return <p>{voice.say("none")}</p>;
  const kept = logHref(filter, { ...LIVE, before: cursorAt(Date.now()) });
  return (
    <>
      <p>{voice.say("noMatch")}</p>
      <p class="log-none-ways">
        <a class="button" href={kept}>{voice.say("searchKept")}</a>
      </p>
    </>
  );
}
