import { useComputed, useSignal } from "@preact/signals";
import { useEffect, useMemo, useRef } from "preact/hooks";
import * as z from "zod/mini";
import { KeptLogTools } from "../components/logs/KeptLogTools.tsx";
import { KeptLogNotes } from "../components/logs/KeptLogNotes.tsx";
import { LogDetail } from "../components/logs/LogDetail.tsx";
import { LogFilterForm } from "../components/logs/LogFilterForm.tsx";
import { LogList } from "../components/logs/LogList.tsx";
import { liveStatus } from "../lib/dashboard/live/live_status.ts";
import { type LogFilter, NO_FILTER } from "../lib/dashboard/logs/log_filter.ts";
import type { LogLine } from "../lib/dashboard/logs/log_model.ts";
import {
  isForward,
  LIVE,
  logHref,
  logQuery,
  type LogSpan,
} from "../lib/dashboard/logs/log_span.ts";
import { callApi } from "../lib/dashboard/requests/api.ts";
import { below } from "../lib/dashboard/shell/base_path.ts";
import type { Language } from "../lib/i18n/language.ts";
import type { logsWords } from "../lib/i18n/logs_words.ts";
import { createVoice } from "../lib/i18n/voice.ts";
import type { WordKey, Words } from "../lib/i18n/words.ts";
import { keptLogLine } from "../lib/wire/log_line.ts";

const logPage = z.object({
  lines: z.array(keptLogLine),
  older: z.nullable(z.string()),
  newer: z.nullable(z.string()),
  searched_to: z.nullable(z.string()),
});

export interface KeptLogProps {
  language: Language;
  words: Words<WordKey<typeof logsWords>>;
  filter: LogFilter;
  span: LogSpan;
  /** The page, with its lines oldest first; null if it could not be read. */
  page: z.infer<typeof logPage> | null;
  /** The number of lines of a full page. */
  limit: number;
}

/** A page of the kept log. While it is short although there is more, the search goes on. */
export default function KeptLog({ language, words, filter, span, page, limit }: KeptLogProps) {
  const voice = useMemo(() => createVoice(language, words), []);
  const status = useMemo(() => liveStatus(null), []);
  const forward = isForward(span);
  const rows = useSignal<readonly LogLine[]>(page?.lines ?? []);
  const older = useSignal(page?.older ?? null);
  const newer = useSignal(page?.newer ?? null);
  const searchedTo = useSignal(page?.searched_to ?? null);
  const searching = useSignal(false);
  /** The number of the current search: a response to an earlier one is ignored. */
  const searches = useRef(0);
  const wanted = useSignal(filter);
  const selected = useSignal<LogLine | null>(null);
  /** A page that ends at a time shows its end. */
  const following = useSignal(!forward);
  const nodes = useComputed(() => {
    const live = status.model.status.value?.nodes.map(({ node }) => node) ?? [];
    return [...live, ...rows.value.flatMap(({ node }) => node ?? [])];
  });

  async function search() {
    const own = ++searches.current;
    searching.value = true;
    while (searchedTo.peek() !== null && rows.peek().length < limit) {
      const cursor = forward ? { after: newer.peek() } : { before: older.peek() };
      const query = logQuery(filter, { ...span, before: null, after: null, ...cursor });
      const rest = limit - rows.peek().length;
      const response = await callApi(`/api/processor/logs${query}&limit=${rest}`, logPage);
      if (own !== searches.current) return;
      if (response.kind === "failed") break;
      const { data } = response;
      rows.value = forward ? [...rows.peek(), ...data.lines] : [...data.lines, ...rows.peek()];
      if (forward) newer.value = data.newer;
      else older.value = data.older;
      searchedTo.value = data.searched_to;
    }
    searching.value = false;
  }

  function halt() {
    searches.current++;
    searching.value = false;
  }

  useEffect(() => {
    void search();
    return halt;
  }, []);

  function open(next: LogFilter, { since, until }: Pick<LogSpan, "since" | "until">) {
    // A page without a time span stays where it is.
    const isPlace = since === null && until === null && span.since === null && span.until === null;
    const place = isPlace ? span : { ...LIVE, since, until };
    location.assign(below(logHref(next, place)));
  }

  function change(part: Partial<LogFilter>) {
    wanted.value = { ...wanted.peek(), ...part };
    if (part.levels !== undefined || part.node !== undefined) open(wanted.peek(), span);
  }

  return (
    <div class="logs">
      {useComputed(() => (
        <LogFilterForm
          voice={voice}
          filter={wanted}
          span={span}
          nodes={nodes}
          change={change}
          reset={() => open(NO_FILTER, span)}
          show={(time) => open(wanted.peek(), time)}
        />
      ))}
      <section class="panel log-panel" aria-label={voice.say("pastList")}>
        <KeptLogTools
          voice={voice}
          filter={filter}
          span={span}
          rows={rows}
          older={older}
          newer={newer}
        />
        <KeptLogNotes
          voice={voice}
          filter={filter}
          span={span}
          readable={page !== null}
          rows={rows}
          older={older}
          newer={newer}
          searchedTo={searchedTo}
          searching={searching}
          search={search}
          halt={halt}
        />
        <LogList
          voice={voice}
          label={voice.say("pastList")}
          rows={rows}
          following={following}
          selected={selected}
          dated
          select={(line) => selected.value = line}
          onLeave={() => following.value = false}
          onReturn={() => {}}
        />
        <div class="log-detail scripted" role="region" aria-label={voice.say("detail")}>
          {useComputed(() => (
            <LogDetail
              voice={voice}
              line={selected.value}
              change={(part) => open({ ...filter, ...part }, span)}
            />
          ))}
        </div>
      </section>
    </div>
  );
}
