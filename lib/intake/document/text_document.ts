import { readPlainText } from "../../article/plain_text.ts";
import { escapeTitle } from "../../article/title.ts";
import { incomingArticle } from "../incoming_article.ts";
import type { Parser } from "../parsed.ts";
import { wholeText } from "./whole_text.ts";

/** The start of a text, in characters, that shows whether its first line is continued. */
const START = 4_000;
/** In characters; the limit is lower for the only line of a text. */
const LONGEST_TITLE = 100;
const LONGEST_LONE_TITLE = 30;
const SENTENCE_END = /[。；;]["”’」』）)]*$|[a-z]\.$/;

/**
 * Plain text, one article: the first non-blank line is the title, the rest the content. If that line is prose
 * (long, a sentence, or the start of one that the next line continues), it belongs to the content and there is no title.
 */
export const parseText: Parser = async function* (body) {
  const read = await wholeText(body);
  if ("error" in read) {
    yield [{ kind: "rejected", line: 1, error: read.error }];
    return;
  }
  yield read.notes.map((note) => ({ kind: "note" as const, line: 1, note }));
  const text = read.text.trim();
  const [first = ""] = /^[^\r\n]*/.exec(text) ?? [];
  const [paragraph = ""] = readPlainText(text.slice(0, START));
  const hasTitle = paragraph.length <= first.length &&
    isTitle(first.trim(), first.length === text.length);
  yield [{
    line: 1,
    ...incomingArticle({
      title: hasTitle ? escapeTitle(first) : "",
      content: hasTitle ? withLineFeeds(text.slice(first.length).trim()) : text,
      contentKind: "text",
    }),
  }];
};

function withLineFeeds(text: string): string {
  return text.replaceAll("\r\n", "\n").replaceAll("\r", "\n");
}

function isTitle(line: string, isAlone: boolean): boolean {
  return line.length <= (isAlone ? LONGEST_LONE_TITLE : LONGEST_TITLE) && !SENTENCE_END.test(line);
}
