import { numberedLogLine } from "../../bus/log_lines.ts";
import type { Language } from "../../i18n/language.ts";
import { type Coded, wordLine } from "../../i18n/logs/word_line.ts";
import { createRecentMap } from "../../runtime/recent_map.ts";

/** The lines that a node sends again to other sockets: as many as its log feed keeps. */
const recent = createRecentMap<string, string>(10_000);

/** A line with its wording in the reader's language; without one in English. */
export type ReaderLine<Line> = Line & { worded?: string };

export function lineForReader<Line extends Coded>(
  language: Language,
  line: Line,
): ReaderLine<Line> {
  const worded = wordLine(language, line);
  return worded === null ? line : { ...line, worded };
}

/** As `lineForReader`, without what only programs need. */
export function lineForPage<Line extends Coded>(language: Language, line: Line) {
  const { code: _, parameters: __, ...rest } = lineForReader(language, line);
  return rest;
}

/** As `lineForReader`, for a line in JSON; one of another program is returned unchanged. */
export function jsonForReader(language: Language, json: string): string {
  if (language === "en") return json;
  const known = recent.get(json);
  if (known !== undefined) return known;
  const { data: line } = numberedLogLine.safeParse(JSON.parse(json));
  const worded = line === undefined ? json : JSON.stringify(lineForReader(language, line));
  recent.set(json, worded);
  return worded;
}
