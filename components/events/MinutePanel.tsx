import type { ComponentChildren } from "preact";
import type { EventsVoice } from "../../lib/dashboard/events/describe_event.ts";
import { MINUTE_MS } from "../../lib/dashboard/events/timeline_query.ts";
import type { LogLine } from "../../lib/dashboard/logs/log_model.ts";
import { logWords } from "../../lib/i18n/log_words.ts";
import { wordOutcome } from "../../lib/i18n/refusals/word_outcome.ts";
import { createVoice } from "../../lib/i18n/voice.ts";
import type { AuditEvent } from "../../lib/wire/audit_event.ts";
import { LogMessage } from "../logs/LogMessage.tsx";
import { Icon } from "../shell/Icon.tsx";
import { EventList } from "./EventList.tsx";

/** The data of one minute. */
export interface ShownMinute {
  minute: number;
  /** Articles per second in it and in the previous one; null if no longer known. */
  rate: number | null;
  before: number | null;
  events: readonly AuditEvent[];
  failures: { count: number; error: string | null; causeCount: number | null };
  lineCount: number;
  lines: readonly LogLine[];
}

export interface MinutePanelProps {
  voice: EventsVoice;
  shown: ShownMinute;
  /** Returns the URL of another minute; null closes the panel. */
  minuteHref: (minute: number | null) => string;
}

/** One minute: events, failures, log lines. */
export function MinutePanel({ voice, shown, minuteHref }: MinutePanelProps) {
  const { minute, rate, before, events, failures, lineCount, lines } = shown;
  const { say } = voice;
  const end = minute + MINUTE_MS;
  const levelName = createVoice(voice.language, logWords[voice.language]).say;
  return (
    <section class="panel minute" id="minute" aria-labelledby="minute-title">
      <header>
        <h2 id="minute-title">{say("minute", { time: voice.moment(minute) })}</h2>
        {rate !== null && before !== null && (
          <p>{say("minuteRate", { rate: voice.rate(rate), before: voice.rate(before) })}</p>
        )}
        <div class="end">
          <Step href={minuteHref(minute - MINUTE_MS)} icon="previous">{say("previous")}</Step>
          <Step href={minuteHref(end)} icon="next">{say("next")}</Step>
          <Step href={minuteHref(null)} icon="close">{say("close")}</Step>
        </div>
      </header>
      {events.length === 0
        ? <p class="minute-none">{say("minuteQuiet")}</p>
        : <EventList voice={voice} events={events} minute={null} />}
      <div class="minute-row">
        {failures.count === 0 ? <span>{say("minuteNoFailures")}</span> : (
          <>
            <span>
              <b>{say("minuteFailures", { count: failures.count })}</b>
              {failures.error !== null && (
                <span class="sub">
                  {say("topCause", {
                    cause: wordOutcome(voice.language, failures.error),
                    count: failures.causeCount ?? 0,
                  })}
                </span>
              )}
            </span>
            <a class="link" href={`/failures?since=${minute}&until=${end}`}>
              {say("showFailures", { count: failures.count })}
            </a>
          </>
        )}
      </div>
      {lines.length > 0 && (
        <ol class="minute-log">
          {lines.map((line) => (
            <li key={`${line.id} ${line.node}`} data-level={line.level}>
              <time>{voice.time(Date.parse(line.timestamp))}</time>
              <span>{levelName(line.level)}</span>
              <span>{line.node}</span>
              <span>
                {line.count !== undefined && <b>×{voice.number(line.count)}</b>}{" "}
                <LogMessage line={line} />
              </span>
            </li>
          ))}
        </ol>
      )}
      <div class="minute-row">
        <span>
          {lineCount === 0 ? say("minuteNoLines") : say("minuteLines", { count: lineCount })}
        </span>
        <a class="link" href={`/logs?since=${minute}&until=${end}`}>{say("openLog")}</a>
      </div>
    </section>
  );
}

function Step(
  { href, icon, children }: {
    href: string;
    icon: "previous" | "next" | "close";
    children: ComponentChildren;
  },
) {
  return (
    <a class="button" data-look="quiet" data-size="small" href={href}>
      <Icon name={icon} />
      <span>{children}</span>
    </a>
  );
}
