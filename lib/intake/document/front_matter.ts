import { parse as parseToml } from "smol-toml";
import { parse as parseYaml } from "yaml";
import type { Json } from "../../article/article_fields.ts";
import { isRecord } from "../record_values.ts";

/** A document's text without its front matter, the fields of that, and what is wrong with it. */
export interface FrontMatter {
  text: string;
  fields: Record<string, Json>;
  note: string | null;
}

/** Longer front matter is not read, since parsing it would block the event loop. */
const LONGEST_MATTER = 64 * 1024;

interface Notation {
  /** Matches it at a document's start; the group `matter` is parsed. */
  pattern: RegExp;
  parse(matter: string): unknown;
}

/** The first field of front matter without a fence; any other line with a colon may be prose. */
const FIRST_NAME = "(?:title|date|author|tags?|category|categories|layout|slug|permalink|lang)";
const LINE_OF_FIELD = /^([\p{L}_][\p{L}\w-]*)\s*[:=](.*)$/u;
const QUOTED = /^(["'])(.*)\1$/;
const LINE = "[^\\r\\n]*\\r?\\n";

const NOTATIONS: readonly Notation[] = [
  {
    pattern: /^---[ \t]*\r?\n(?<matter>[\s\S]*?)\r?\n(?:---|\.\.\.)[ \t]*(?:\r?\n|$)/,
    parse: parseYaml,
  },
  {
    pattern: /^\+\+\+[ \t]*\r?\n(?<matter>[\s\S]*?)\r?\n\+\+\+[ \t]*(?:\r?\n|$)/,
    parse: parseToml,
  },
  // Hugo: an object whose closing brace starts a line.
  {
    pattern: /^(?<matter>\{[ \t]*\r?\n[\s\S]*?\r?\n\})[ \t]*(?:\r?\n|$)/,
    parse: JSON.parse,
  },
  // Hexo: YAML with a closing fence only.
  {
    pattern: new RegExp(
      `^(?<matter>${FIRST_NAME}:${LINE}(?:(?:[\\w-]+:|[ \\t]|-[ \\t])${LINE})*)---[ \\t]*(?:\\r?\\n|$)`,
      "i",
    ),
    parse: parseYaml,
  },
  // Pelican and MultiMarkdown: a field per line, up to a blank line.
  {
    pattern: new RegExp(
      `^(?<matter>${FIRST_NAME}:[ \\t]${LINE}(?:[A-Za-z][\\w-]*:[ \\t]${LINE})*)\\r?\\n`,
      "i",
    ),
    parse: parseLines,
  },
];

/** Parses the front matter at a document's start; returns no fields if there is none. */
export function readFrontMatter(text: string): FrontMatter {
  for (const { pattern, parse } of NOTATIONS) {
    const found = pattern.exec(text);
    if (found === null) continue;
    const rest = text.slice(found[0].length);
    const matter = found.groups?.matter ?? "";
    try {
      if (matter.length > LONGEST_MATTER) throw new RangeError("The front matter is too long");
      // Dates become strings, as in JSON.
      const fields: unknown = JSON.parse(JSON.stringify(parse(matter) ?? {}));
      if (isRecord(fields)) return { text: rest, fields, note: null };
      // Text between two rules, not fields.
      return { text, fields: {}, note: null };
    } catch {
      // Such as a title with a colon, which is invalid in YAML.
    }
    const fields = matter.length > LONGEST_MATTER ? {} : parseLines(matter);
    return { text: rest, fields, note: "the front matter is invalid; it was read line by line" };
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
