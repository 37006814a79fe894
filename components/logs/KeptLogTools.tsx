import { type ReadonlySignal, useComputed } from "@preact/signals";
import type { LogFilter } from "../../lib/dashboard/logs/log_filter.ts";
import {
  cursorAt,
  LIVE,
  logHref,
  logQuery,
  type LogSpan,
} from "../../lib/dashboard/logs/log_span.ts";
import type { LogLine } from "../../lib/dashboard/logs/log_model.ts";
import { below } from "../../lib/dashboard/shell/base_path.ts";
import type { logsWords } from "../../lib/i18n/logs_words.ts";
import type { Voice } from "../../lib/i18n/voice.ts";
import type { WordKey } from "../../lib/i18n/words.ts";
import { Icon, type IconName } from "../shell/Icon.tsx";
import { CopyLog } from "./CopyLog.tsx";

export interface KeptLogToolsProps {
  voice: Voice<WordKey<typeof logsWords>>;
  filter: LogFilter;
  span: LogSpan;
  rows: ReadonlySignal<readonly LogLine[]>;
  /** The cursors of the next pages; null: nothing is there. */
  older: ReadonlySignal<string | null>;
  newer: ReadonlySignal<string | null>;
}

/** The time span of a page of the kept log, and the ways to others. */
export function KeptLogTools({ voice, filter, span, rows, older, newer }: KeptLogToolsProps) {
  const { say } = voice;
  const time = { since: span.since, until: span.until };
  const all = new URLSearchParams(logQuery(filter, { ...LIVE, ...time, since: time.since ?? 0 }));
  all.set("format", "text");
  const placeAt = (time: number | null) => time === null ? null : cursorAt(time);

  /** The next page of the span, or what is beyond the span. */
  function pageHref(next: Partial<LogSpan>, beyond: Partial<LogSpan>): string | null {
    const isSet = (place: Partial<LogSpan>) => Object.values(place).some((each) => each !== null);
    if (isSet(next)) return logHref(filter, { ...LIVE, ...time, ...next });
    return isSet(beyond) ? logHref(filter, { ...LIVE, ...beyond }) : null;
  }

  return (
    <header class="panel-header log-tools" data-kept>
      <p>
        <span data-field="log-count">
          {useComputed(() => say("shown", { count: rows.value.length }))}
        </span>
        <span>{useComputed(() => pageSpan(voice, rows.value))}</span>
      </p>
      {useComputed(() => (
        <PageLink
          icon="previous"
          href={pageHref({ before: older.value }, { before: placeAt(span.since) })}
        >
          {say("older")}
        </PageLink>
      ))}
      {useComputed(() => (
        <PageLink
          icon="next"
          href={pageHref({ after: newer.value }, { after: placeAt(span.until) })}
        >
          {say("newer")}
        </PageLink>
      ))}
      <a class="button" href={logHref(filter, LIVE)}>
        <Icon name="start" />
        <span>{say("live")}</span>
      </a>
      <CopyLog voice={voice} rows={rows} />
      <a
        class="button"
        data-look="quiet"
        download="millrace.log"
        href={below(`/api/processor/logs?${all}`)}
      >
        <Icon name="download" />
        <span>{say("download")}</span>
      </a>
    </header>
  );
}

function PageLink(
  { icon, href, children }: { icon: IconName; href: string | null; children: string },
) {
  if (href === null) return null;
  return (
    <a class="button" data-look="quiet" href={href}>
      <Icon name={icon} />
      <span>{children}</span>
    </a>
  );
}

function pageSpan({ say, moment }: KeptLogToolsProps["voice"], rows: readonly LogLine[]): string {
  const [first, last] = [rows.at(0), rows.at(-1)];
  if (first === undefined || last === undefined) return "";
  const [from, to] = [first, last].map(({ timestamp }) => moment(Date.parse(timestamp)));
  return say("pageSpan", { from: from ?? "", to: to ?? "" });
}
