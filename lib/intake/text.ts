import { readArticle } from "./incoming_article.ts";
import type { Parser } from "./parsed.ts";
import { wholeText } from "./whole_text.ts";

/** Plain text, one article: its first line that is not blank is the title, the rest the content. */
export const parseText: Parser = async function* (body, charset = null) {
  const read = await wholeText(body, { charset });
  if ("error" in read) {
    yield { kind: "rejected", line: 1, error: read.error };
    return;
  }
  const [title = "", ...content] = read.text.trimStart().split(/\r?\n/);
  yield { line: 1, ...readArticle({ title: title.trim(), content: content.join("\n").trim() }) };
};
