import type { LogLine } from "../../lib/dashboard/logs/log_model.ts";
import type { Voice } from "../../lib/i18n/voice.ts";

export interface LogLinesProps {
  voice: Voice<LogLine["level"] | "none">;
  /** Oldest first. */
  lines: readonly LogLine[];
}

/** Lines of the log, newest on top. */
export function LogLines({ voice, lines }: LogLinesProps) {
  if (lines.length === 0) return <p class="log-none">{voice.say("none")}</p>;
  return (
    <ol class="log-lines">
      {lines.toReversed().map(({ id, level, message, timestamp }) => (
        <li key={`${id} ${timestamp}`} data-level={level}>
          <time dateTime={timestamp}>{voice.time(Date.parse(timestamp))}</time>
          <span class="log-level">{voice.say(level)}</span>
          <span class="log-message">{message}</span>
        </li>
      ))}
    </ol>
  );
}
