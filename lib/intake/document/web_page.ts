import { isWholePage } from "../../article/page/is_whole_page.ts";
import { escapeTitle } from "../../article/title.ts";
import { unlimitedReader } from "../../processor/document_reader.ts";
import { incomingArticle } from "../incoming_article.ts";
import type { Parsed, Parser } from "../parsed.ts";
import { readRecord, type RecordOptions } from "../read_record.ts";
import { readPublished } from "../published.ts";
import { addressOf } from "../record_values.ts";
import { DRAFT, type FrontMatter, isDraft, readFrontMatter } from "./front_matter.ts";
import { withoutTemplateTags } from "./template_tags.ts";
import { TOO_HARD, wholeText } from "./whole_text.ts";

const FENCE = /^(?:---|\+\+\+)[ \t]*\r?\n/;

/**
 * A web page, one article. Its content is the whole page, from which a worker extracts the article. Title,
 * author, time, language and tags come from the page's metadata; the source is the canonical link, resolved
 * against `<base>` and the page's URL (`options.base`).
 */
export const parseWebPage: Parser = async function* (body, options = {}) {
  const read = await wholeText(body);
  if ("error" in read) {
    yield [{ kind: "rejected", line: 1, error: read.error }];
    return;
  }
  yield read.notes.map((note) => ({ kind: "note" as const, line: 1, note }));
  // A post of a site's generator is HTML below front matter.
  if (FENCE.test(read.text)) {
    const documents = options.documents ?? unlimitedReader;
    const front = await readFrontMatter(read.text, documents);
    if (Object.keys(front.fields).length > 0) return yield readPost(front, options);
  }
  const metadata = await (options.documents ?? unlimitedReader).readMetadata(read.text);
  if (metadata === null) {
    yield [{ kind: "rejected", line: 1, error: TOO_HARD }];
    return;
  }
  const { title, canonical, base, published, ...fields } = metadata;
  const address = addressOf(options.base ?? null) ?? null;
  const link = addressOf(canonical, addressOf(base, address) ?? address) ?? null;
  yield [{
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
  }];
};

function* readPost(
  { text, fields, note }: FrontMatter,
  options: RecordOptions,
): Generator<Parsed> {
  if (note !== null) yield { kind: "note", line: 1, note };
  if (isDraft(fields)) return yield { kind: "skipped", line: 1, error: DRAFT };
  const content = withoutTemplateTags(text).trim();
  yield { line: 1, ...readRecord({ ...fields, content, content_kind: "html" }, options) };
}
