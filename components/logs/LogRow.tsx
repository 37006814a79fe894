import type { LogLine } from "../../lib/dashboard/logs/log_model.ts";
import type { Voice } from "../../lib/i18n/voice.ts";

export interface LogRowProps {
  voice: Voice<LogLine["level"]>;
  id: string;
  line: LogLine;
  selected: boolean;
  /** Its 1-based position among all rows. */
  position: number;
  count: number;
  /** Whether its time has the date. */
  dated: boolean;
  select: (line: LogLine) => void;
}

/** A log line as one row. */
export function LogRow({ voice, id, line, selected, position, count, dated, select }: LogRowProps) {
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
        {dated && `${monthAndDay(at)} `}
        {voice.time(at)}
        <i>.{String(at % 1_000).padStart(3, "0")}</i>
      </span>
      <span class="log-row-level">{voice.say(line.level)}</span>
      <span class="log-node">{line.node}</span>
      <span class="log-text">
        {line.count !== undefined && <b class="log-times">×{voice.number(line.count)}</b>}
        {line.worded ?? line.message}
      </span>
    </div>
  );
}

function monthAndDay(at: number): string {
  const date = new Date(at);
  const two = (value: number) => String(value).padStart(2, "0");
  return `${two(date.getMonth() + 1)}-${two(date.getDate())}`;
}
