import type { JSX } from "preact";
import type { LogLine } from "../../lib/dashboard/logs/log_model.ts";
import type { Voice } from "../../lib/i18n/voice.ts";
import { LogMessage } from "./LogMessage.tsx";

export interface LogLinesProps {
  voice: Voice<LogLine["level"] | "none">;
  /** Oldest first. */
  lines: readonly LogLine[];
}

/** Lines of the log, newest on top. One Tab reaches the worded lines; the arrow keys move between them. */
export function LogLines({ voice, lines }: LogLinesProps) {
  if (lines.length === 0) return <p class="log-none">{voice.say("none")}</p>;
  return (
    <ol class="log-lines" onKeyDown={move}>
      {lines.toReversed().map((line, place) => (
        <li key={`${line.id} ${line.timestamp}`} data-level={line.level}>
          <time dateTime={line.timestamp}>{voice.time(Date.parse(line.timestamp))}</time>
          <span class="log-level">{voice.say(line.level)}</span>
          <span class="log-message">
            <LogMessage line={line} tabIndex={place === 0 ? 0 : -1} />
          </span>
        </li>
      ))}
    </ol>
  );
}

function move(event: JSX.TargetedKeyboardEvent<HTMLElement>) {
  const step = event.key === "ArrowDown" ? 1 : event.key === "ArrowUp" ? -1 : 0;
  const all = Array.from(event.currentTarget.querySelectorAll("summary"));
  const next = all[all.findIndex((each) => each === event.target) + step];
  if (step === 0 || next === undefined) return;
  event.preventDefault();
  next.focus();
}
