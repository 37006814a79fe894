import { isWholePage } from "../../article/page/is_whole_page.ts";
import { escapeTitle } from "../../article/title.ts";
import { unlimitedReader } from "../../processor/document_reader.ts";
import { incomingArticle } from "../incoming_article.ts";
import type { Parser } from "../parsed.ts";
import { readPublished } from "../published.ts";
import { addressOf } from "../record_values.ts";
import { TOO_HARD, wholeText } from "./whole_text.ts";

/**
 * A web page, one article. Its content is the whole page, from which a worker extracts the article. Title,
 * author, time, language and tags come from the page's metadata; the source is the canonical link, resolved
 * against `<base>` and the page's URL (`options.base`).
 */
export const parseWebPage: Parser = async function* (body, options = {}) {
  const read = await wholeText(body);
  if ("error" in read) {
    yield { kind: "rejected", line: 1, error: read.error };
    return;
  }
  for (const note of read.notes) yield { kind: "note", line: 1, note };
  const metadata = await (options.documents ?? unlimitedReader).readMetadata(read.text);
  if (metadata === null) {
    yield { kind: "rejected", line: 1, error: TOO_HARD };
    return;
  }
  const { title, canonical, base, published, ...fields } = metadata;
  const address = addressOf(options.base ?? null) ?? null;
  const link = addressOf(canonical, addressOf(base, address) ?? address) ?? null;
  yield {
    line: 1,
    ...incomingArticle({
      ...fields,
      title: escapeTitle(title),
      content: read.text.trim(),
      contentKind: isWholePage(read.text) ? "page" : "html",
      sources: [link, address],
      url: link ?? address,
      published: published === null ? null : readPublished(published),
    }),
  };
};
