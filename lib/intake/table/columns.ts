import { type RecordField, USUAL_NAMES, usualName } from "../field_map.ts";
import { readableLength } from "../../article/readable_length.ts";
import type { RecordOptions } from "../read_record.ts";

/** The columns of a table. */
export interface Columns {
  /** The names; that of a column without one is empty. */
  names: string[];
  /** The index of the content. */
  content: number;
  /** The mapping of a table whose header does not name the content. */
  map: RecordOptions["map"];
}

/** The columns of a table without a usual header, what they were recognized by, and whether there is a header at all. */
export interface GuessedColumns extends Columns {
  hasHeader: boolean;
  note: string;
}

/** The number of columns without a field that a note lists, and the length of their names. */
const LISTED = 20;
const LONGEST_LISTED = 50;
/** The minimum mean length of texts, in characters. */
const LEAST_TEXT = 20;
const LONGEST_TITLE = 100;
/** The minimum share of different titles, and of texts that are sentences. */
const MOSTLY_DISTINCT = 0.8;
const MOSTLY_PROSE = 0.5;
const PROSE = /[，。！？；：]|[,.!?;:](?:["'”’)]*\s|["'”’)]*$)/;
/** A text of a single word, such as a URL or an e-mail address, or of fewer letters than other characters is no sentence. */
const WORD = /^[\x21-\x7e]*$/;
const LEAST_LETTERS = 0.5;
const NO_TITLE = /^(?:[\d\s./:,%+-]*|https?:\S*)$/;

/** Returns the columns of a header row if one of them is the content; else null. */
export function namedColumns(fields: readonly string[], { map }: RecordOptions): Columns | null {
  const names = fields.map((field) => field.trim().replace(/^"(.*)"$/, "$1"));
  const usual = names.map(usualName);
  const mapped = map?.get("content");
  const wanted = mapped === undefined ? [] : [usualName(mapped)];
  const found = [...wanted, ...USUAL_NAMES.content].find((name) => usual.includes(name));
  return found === undefined ? null : { names, content: usual.indexOf(found), map };
}

/** Returns a note that lists the columns whose names are not those of a field; null if there is none. */
export function unnamedNote({ names, map }: Columns): string | null {
  const known = new Set([
    ...Object.values(USUAL_NAMES).flat(),
    ...[...map?.values() ?? []].map(usualName),
  ]);
  const others = new Set(names.filter((name) => name !== "" && !known.has(usualName(name))));
  if (others.size === 0) return null;
  const listed = [...others].slice(0, LISTED).map((name) => name.slice(0, LONGEST_LISTED)).join(
    ", ",
  );
  const columns = others.size > LISTED ? `${listed} …` : listed;
  return `these columns match no field and are kept in extra: ${columns}`;
}

/**
 * Recognizes the columns by the first rows of a table whose header does not name the content, or that has none: the
 * content is the column with the longest texts, the title one with short texts that differ. Returns null if no column
 * has sentences.
 */
export function guessedColumns(
  rows: readonly (readonly string[])[],
  { map }: RecordOptions,
): GuessedColumns | null {
  const [first = [], ...others] = rows;
  if (map?.has("content")) return null;
  const body = others.length > 0 ? others : rows;
  const lengths = first.map((_, index) => meanLength(column(body, index)));
  const content = lengths.indexOf(lengths.reduce((most, length) => Math.max(most, length), 0));
  if (content === -1 || lengths[content]! < LEAST_TEXT || !isProse(column(body, content))) {
    return null;
  }
  const head = first[content]!;
  const hasHeader = others.length > 0 && head.trim() !== "" && meanLength([head]) < LEAST_TEXT &&
    !PROSE.test(head);
  const names = first.map((field, index) =>
    hasHeader ? field.trim().replace(/^"(.*)"$/, "$1") : `column ${index + 1}`
  );
  const isNamed = names.map(usualName).some((name) => USUAL_NAMES.title.includes(name));
  const title = isNamed
    ? -1
    : lengths.findIndex((length, index) =>
      index !== content && length > 0 && length <= LONGEST_TITLE && areTitles(column(body, index))
    );
  const guessed = new Map<RecordField, string>([...map ?? [], ["content", names[content]!]]);
  if (title !== -1 && !guessed.has("title")) guessed.set("title", names[title]!);
  const note = hasHeader
    ? `no column is named content; ${names[content]} was read as it, since it has the longest texts`
    : `the table has no header; ${
      names[content]
    } was read as the content, since it has the longest texts`;
  return { names, content, map: guessed, hasHeader, note };
}

function column(rows: readonly (readonly string[])[], index: number): string[] {
  return rows.map((row) => row[index] ?? "");
}

function meanLength(texts: readonly string[]): number {
  return texts.reduce((sum, text) => sum + readableLength(text.trim(), 1_000), 0) / texts.length;
}

function isProse(texts: readonly string[]): boolean {
  return texts.filter((text) => isSentence(text.trim())).length >= MOSTLY_PROSE * texts.length;
}

function isSentence(text: string): boolean {
  if (!PROSE.test(text) || WORD.test(text)) return false;
  const start = text.slice(0, 1_000).replace(/\s+/g, "");
  return (start.match(/\p{L}/gu)?.length ?? 0) >= LEAST_LETTERS * start.length;
}

function areTitles(texts: readonly string[]): boolean {
  const different = new Set(texts.filter((text) => !NO_TITLE.test(text)));
  return different.size >= MOSTLY_DISTINCT * texts.length;
}
