import { type ReadonlySignal, useComputed } from "@preact/signals";
import { isFiltering, type LogFilter, NO_FILTER } from "../../lib/dashboard/logs/log_filter.ts";
import type { LogLine } from "../../lib/dashboard/logs/log_model.ts";
import {
  cursorAt,
  isForward,
  LIVE,
  logHref,
  type LogSpan,
} from "../../lib/dashboard/logs/log_span.ts";
import type { logsWords } from "../../lib/i18n/logs_words.ts";
import type { Voice } from "../../lib/i18n/voice.ts";
import type { WordKey } from "../../lib/i18n/words.ts";

export interface KeptLogNotesProps {
  voice: Voice<WordKey<typeof logsWords>>;
  filter: LogFilter;
  span: LogSpan;
  /** False when the database was unavailable. */
  readable: boolean;
  rows: ReadonlySignal<readonly LogLine[]>;
  /** The cursors with which the search continues. */
  older: ReadonlySignal<string | null>;
  newer: ReadonlySignal<string | null>;
  /** How far it got; null: to the end. */
  searchedTo: ReadonlySignal<string | null>;
  searching: ReadonlySignal<boolean>;
  search: () => void;
  halt: () => void;
}

/** How far the search got, and what to do about an empty page. */
export function KeptLogNotes(props: KeptLogNotesProps) {
  const { voice, filter, span, readable, rows, older, newer, searchedTo, searching } = props;
  const { say } = voice;
  const forward = isForward(span);
  const time = { since: span.since, until: span.until };
  const isEmpty = useComputed(() => rows.value.length === 0 && searchedTo.value === null);
  const all = logHref(filter, { ...LIVE, before: cursorAt(Date.now()) });

  return (
    <>
      {useComputed(() => {
        const to = searchedTo.value;
        if (to === null) return null;
        const cursor = forward ? { after: newer.value } : { before: older.value };
        return (
          <p class="log-searched" role="status">
            <span>
              {say(forward ? "searchedOn" : "searchedBack", { time: voice.moment(Date.parse(to)) })}
            </span>
            {searching.value
              ? (
                <button type="button" class="button" onClick={props.halt}>
                  {say("halt")}
                </button>
              )
              : (
                <a
                  class="button"
                  href={logHref(filter, { ...LIVE, ...time, ...cursor })}
                  onClick={(event) => (event.preventDefault(), props.search())}
                >
                  {say("goOn")}
                </a>
              )}
          </p>
        );
      })}
      {useComputed(() => {
        if (!readable) return <p class="log-none">{say("keptUnreadable")}</p>;
        if (!isEmpty.value) return null;
        return (
          <div class="log-none">
            <p>{say("noneKept")}</p>
            <p class="log-none-ways">
              <a class="button" href={all}>{say("searchAll")}</a>
              {isFiltering(filter) && (
                <a class="button" href={logHref(NO_FILTER, { ...LIVE, ...time })}>{say("reset")}</a>
              )}
            </p>
          </div>
        );
      })}
    </>
  );
}
