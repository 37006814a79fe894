import type { LogLine } from "../lib/dashboard/log_model.ts";
import type { Voice } from "../lib/i18n/voice.ts";

export interface LogRowProps {
  voice: Voice<LogLine["level"]>;
  id: string;
  line: LogLine;
  selected: boolean;
  /** Its place among all rows, from 1. */
  position: number;
  count: number;
  select: (line: LogLine) => void;
}

/** One line of the log on one line. */
export function LogRow({ voice, id, line, selected, position, count, select }: LogRowProps) {
  const at = Date.parse(line.timestamp);
  return (
    <div
      id={id}
      class="log-row"
      role="option"
      aria-selected={selected ? "true" : "false"}
      aria-posinset={position}
      aria-setsize={count}
      data-level={line.level}
      onClick={() => select(line)}
    >
      <span class="log-time">
        {voice.time(at)}
        <i>.{String(at % 1_000).padStart(3, "0")}</i>
      </span>
      <span class="log-row-level">{voice.say(line.level)}</span>
      <span class="log-node">{line.node}</span>
      <span class="log-text">{line.message}</span>
    </div>
  );
}
