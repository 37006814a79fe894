import { unlimitedReader } from "../../processor/document_reader.ts";
import type { Parser } from "../parsed.ts";
import { readRecord } from "../read_record.ts";
import { DRAFT, isDraft, readFrontMatter } from "./front_matter.ts";
import { withoutTemplateTags } from "./template_tags.ts";
import { TOO_HARD, wholeText } from "./whole_text.ts";

/** A heading at the start, with a number sign or underlined. */
const FIRST_HEADING =
  /^\s*(?:#[ \t]+(.+?)[ \t]*#*[ \t]*(?:\r?\n|$)|(?![ \t]|[-*+>#])(.+)\r?\n=+[ \t]*(?:\r?\n|$))/;

const LEADING_COMMENT = /^\s*<!--[\s\S]*?-->/;

/** A longer first line is no heading; the time of the expression grows with the square of the length. */
const LONGEST_HEADING = 2_000;

/**
 * Markdown, one article, with front matter in YAML, TOML or JSON with the field names of records. The title is
 * that of the front matter, else a heading at the start. A document that exceeds the limits of
 * `options.documents` is rejected.
 */
export const parseMarkdown: Parser = async function* (bytes, options = {}) {
  const read = await wholeText(bytes);
  if ("error" in read) {
    yield [{ kind: "rejected", line: 1, error: read.error }];
    return;
  }
  yield read.notes.map((note) => ({ kind: "note" as const, line: 1, note }));
  const documents = options.documents ?? unlimitedReader;
  const { fields, ...front } = await readFrontMatter(read.text, documents);
  if (front.note !== null) yield [{ kind: "note", line: 1, note: front.note }];
  if (isDraft(fields)) {
    yield [{ kind: "skipped", line: 1, error: DRAFT }];
    return;
  }
  // A block of HTML would extend to the end of the line.
  const written = front.text.replace(LEADING_COMMENT, "");
  const heading = fields.title === undefined ? headingOf(written) : null;
  const body = heading === null ? written : written.slice(heading[0].length);
  // Only a generator's documents have front matter.
  const text = Object.keys(fields).length > 0 ? withoutTemplateTags(body) : body;
  const html = await documents.renderMarkdown(text);
  if (html === null) {
    yield [{ kind: "rejected", line: 1, error: TOO_HARD }];
    return;
  }
  const title = heading === null ? {} : { title: heading[1] ?? heading[2]! };
  yield [{
    line: 1,
    ...readRecord({ ...title, ...fields, content: html, content_kind: "html" }, options),
  }];
};

function headingOf(text: string): RegExpExecArray | null {
  const start = text.slice(0, LONGEST_HEADING);
  const found = FIRST_HEADING.exec(start);
  const isCut = found !== null && found[0].length === start.length && start.length < text.length;
  return isCut ? null : found;
}
