import { escapeTitle } from "../../article/title.ts";
import { incomingArticle } from "../incoming_article.ts";
import type { Parser } from "../parsed.ts";
import { wholeText } from "./whole_text.ts";

/** In characters; the limit is lower for the only line of a text. */
const LONGEST_TITLE = 100;
const LONGEST_LONE_TITLE = 30;
const SENTENCE_END = /[。；;]["”’」』）)]*$|[a-z]\.$/;

/**
 * Plain text, one article: the first non-blank line is the title, the rest the content. If that line is prose
 * (long, or a sentence), it belongs to the content and there is no title.
 */
export const parseText: Parser = async function* (body) {
  const read = await wholeText(body);
  if ("error" in read) {
    yield { kind: "rejected", line: 1, error: read.error };
    return;
  }
  for (const note of read.notes) yield { kind: "note", line: 1, note };
  const text = read.text.trim();
  const [first = ""] = /^[^\r\n]*/.exec(text) ?? [];
  const hasTitle = isTitle(first.trim(), first.length === text.length);
  yield {
    line: 1,
    ...incomingArticle({
      title: hasTitle ? escapeTitle(first) : "",
      content: hasTitle ? withLineFeeds(text.slice(first.length).trim()) : text,
      contentKind: "text",
    }),
  };
};

function withLineFeeds(text: string): string {
  return text.replaceAll("\r\n", "\n").replaceAll("\r", "\n");
}

function isTitle(line: string, isAlone: boolean): boolean {
  return line.length <= (isAlone ? LONGEST_LONE_TITLE : LONGEST_TITLE) && !SENTENCE_END.test(line);
}
