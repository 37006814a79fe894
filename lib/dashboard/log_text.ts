import type { LogLine } from "./log_model.ts";

/** Lines as plain text, one a line, for the clipboard and for files. */
export function logText(lines: readonly Omit<LogLine, "id">[]): string {
  return lines.map(({ timestamp, level, node, message }) =>
    `${timestamp} ${level.toUpperCase().padEnd(7)} ${node ?? "-"} ${
      message.replaceAll("\n", " ")
    }\n`
  ).join("");
}
