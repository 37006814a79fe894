import type { Json } from "../../article/article_fields.ts";
import type { DocumentReader } from "../../processor/document_reader.ts";
import type { MatterNotation } from "../../../workers/parse_front_matter.ts";
import { isRecord } from "../record_values.ts";

/** A document's text without its front matter, the fields of that, and what is wrong with it. */
export interface FrontMatter {
  text: string;
  fields: Record<string, Json>;
  note: string | null;
}

/** Why an unpublished post is skipped. */
export const DRAFT = "the post is a draft";

/** Longer front matter is not read. */
const LONGEST_MATTER = 64 * 1024;

interface Notation {
  /** Matches it at a document's start; the group `matter` is parsed. */
  pattern: RegExp;
  /** Null: a field per line. */
  notation: MatterNotation | null;
}

/** The first field of front matter without a fence; any other line with a colon may be prose. */
const FIRST_NAME = "(?:title|date|author|tags?|category|categories|layout|slug|permalink|lang)";
const LINE_OF_FIELD = /^([\p{L}_][\p{L}\w-]*)\s*[:=](.*)$/u;
const QUOTED = /^(["'])(.*)\1$/;
const LINE = "[^\\r\\n]*\\r?\\n";

const NOTATIONS: readonly Notation[] = [
  {
    pattern: /^---[ \t]*\r?\n(?<matter>[\s\S]*?)\r?\n(?:---|\.\.\.)[ \t]*(?:\r?\n|$)/,
    notation: "yaml",
  },
  {
    pattern: /^\+\+\+[ \t]*\r?\n(?<matter>[\s\S]*?)\r?\n\+\+\+[ \t]*(?:\r?\n|$)/,
    notation: "toml",
  },
  // Hugo: an object whose closing brace starts a line.
  {
    pattern: /^(?<matter>\{[ \t]*\r?\n[\s\S]*?\r?\n\})[ \t]*(?:\r?\n|$)/,
    notation: "json",
  },
  // Hexo: YAML with a closing fence only.
  {
    pattern: new RegExp(
      `^(?<matter>${FIRST_NAME}:${LINE}(?:(?:[\\w-]+:|[ \\t]|-[ \\t])${LINE})*)---[ \\t]*(?:\\r?\\n|$)`,
      "i",
    ),
    notation: "yaml",
  },
  // Pelican and MultiMarkdown: a field per line, up to a blank line.
  {
    pattern: new RegExp(
      `^(?<matter>${FIRST_NAME}:[ \\t]${LINE}(?:[A-Za-z][\\w-]*:[ \\t]${LINE})*)\\r?\\n`,
      "i",
    ),
    notation: null,
  },
];

/** Whether front matter marks its document as unpublished. */
export function isDraft({ draft, published }: FrontMatter["fields"]): boolean {
  return draft === true || published === false;
}

/** Parses the front matter at a document's start; resolves without fields if there is none. */
export async function readFrontMatter(
  text: string,
  documents: DocumentReader,
): Promise<FrontMatter> {
  for (const { pattern, notation } of NOTATIONS) {
    const found = pattern.exec(text);
    if (found === null) continue;
    const rest = text.slice(found[0].length);
    const matter = found.groups?.matter ?? "";
    const isLong = matter.length > LONGEST_MATTER;
    const byLine = isLong ? {} : parseLines(matter);
    if (notation === null && !isLong) return { text: rest, fields: byLine, note: null };
    const fields = notation === null || isLong
      ? null
      : await documents.parseFrontMatter(notation, matter);
    if (isRecord(fields)) return { text: rest, fields, note: null };
    // Text between two rules, not fields.
    if (fields !== null) return { text, fields: {}, note: null };
    // Such as a title with a colon, which is invalid in YAML.
    const note = "the front matter is invalid; it was read line by line";
    return { text: rest, fields: byLine, note };
  }
  return { text, fields: {}, note: null };
}

/** Parses the lines that are a name, a colon or an equals sign, and a value. */
function parseLines(matter: string): Record<string, string> {
  const pairs = matter.split(/\r?\n/).flatMap((line) => {
    const [, name = "", value = ""] = LINE_OF_FIELD.exec(line) ?? [];
    const text = value.trim();
    return text === "" ? [] : [[name.toLowerCase(), text.replace(QUOTED, "$2")] as const];
  });
  return Object.fromEntries(pairs);
}
