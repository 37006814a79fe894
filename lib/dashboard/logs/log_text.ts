import type { LogLine } from "./log_model.ts";

/** Formats lines as plain text, for the clipboard and for files. */
export function logText(lines: readonly Omit<LogLine, "id">[]): string {
  return lines.map(lineText).join("");
}

/** Formats one line, with a line break; a repeated one ends in its count and the time of the last. */
export function lineText(line: Omit<LogLine, "id">): string {
  const { timestamp, level, node, message, count, last_timestamp: last } = line;
  const repeated = count === undefined ? "" : ` (×${count} until ${last})`;
  const text = message.replaceAll("\n", " ");
  return `${timestamp} ${level.toUpperCase().padEnd(7)} ${node ?? "-"} ${text}${repeated}\n`;
}
