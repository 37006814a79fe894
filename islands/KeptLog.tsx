import { useComputed, useSignal } from "@preact/signals";
import { useEffect, useMemo } from "preact/hooks";
import { KeptLogTools } from "../components/logs/KeptLogTools.tsx";
import { KeptLogNotes } from "../components/logs/KeptLogNotes.tsx";
import { LogDetail } from "../components/logs/LogDetail.tsx";
import { LogFilterForm } from "../components/logs/LogFilterForm.tsx";
import { LogList } from "../components/logs/LogList.tsx";
import { createKeptLogSearch, type LogPage } from "../lib/dashboard/logs/kept_log_search.ts";
import { liveStatus } from "../lib/dashboard/live/live_status.ts";
import { type LogFilter, NO_FILTER } from "../lib/dashboard/logs/log_filter.ts";
import type { LogLine } from "../lib/dashboard/logs/log_model.ts";
import { isForward, LIVE, logHref, type LogSpan } from "../lib/dashboard/logs/log_span.ts";
import { callApi } from "../lib/dashboard/requests/api.ts";
import { below } from "../lib/dashboard/shell/base_path.ts";
import type { Language } from "../lib/i18n/language.ts";
import type { logsWords } from "../lib/i18n/logs_words.ts";
import { createVoice } from "../lib/i18n/voice.ts";
import type { WordKey, Words } from "../lib/i18n/words.ts";

export interface KeptLogProps {
  language: Language;
  words: Words<WordKey<typeof logsWords>>;
  filter: LogFilter;
  span: LogSpan;
  /** The page, with its lines oldest first; null if it could not be read. */
  page: LogPage | null;
  /** The number of lines of a full page. */
  limit: number;
}

/** A page of the kept log. While it is short although there is more, the search continues. */
export default function KeptLog({ language, words, filter, span, page, limit }: KeptLogProps) {
  const voice = useMemo(() => createVoice(language, words), []);
  const status = useMemo(() => liveStatus(null), []);
  const log = useMemo(() => createKeptLogSearch({ filter, span, page, limit, callApi }), []);
  const wanted = useSignal(filter);
  const selected = useSignal<LogLine | null>(null);
  /** A page that ends at a time shows its end. */
  const following = useSignal(!isForward(span));
  const nodes = useComputed(() => {
    const live = status.model.status.value?.nodes.map(({ node }) => node) ?? [];
    return [...live, ...log.rows.value.flatMap(({ node }) => node ?? [])];
  });

  useEffect(() => {
    void log.search();
    return log.halt;
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
          rows={log.rows}
          older={log.older}
          newer={log.newer}
        />
        <KeptLogNotes
          voice={voice}
          filter={filter}
          span={span}
          readable={page !== null}
          rows={log.rows}
          older={log.older}
          newer={log.newer}
          searchedTo={log.searchedTo}
          searching={log.searching}
          search={log.search}
          halt={log.halt}
        />
        <LogList
          voice={voice}
          label={voice.say("pastList")}
          rows={log.rows}
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
