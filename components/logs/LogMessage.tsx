import type { LogLine } from "../../lib/dashboard/logs/log_model.ts";

export interface LogMessageProps {
  line: Pick<LogLine, "message" | "worded">;
  /** The wording's place in the order of Tab. */
  tabIndex?: number;
}

/** The message of a line. In another language than English, a click opens the text as it was logged. */
export function LogMessage({ line: { message, worded }, tabIndex }: LogMessageProps) {
  if (worded === undefined) return <>{message}</>;
  return (
    <details class="log-worded">
      <summary tabIndex={tabIndex}>{worded}</summary>
      <span lang="en">{message}</span>
    </details>
  );
}
