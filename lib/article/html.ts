import { Parser } from "htmlparser2";

const TAG_START = /<[a-z/!?]/i;
const LINE_END = /\r\n?|[\n\f\v\u0085\u2028\u2029]/;

/** Elements before and after which a paragraph ends. */
const BLOCKS = new Set(
  ("address article aside blockquote body br caption center dd details dialog dir div dl dt " +
    "fieldset figcaption figure footer form h1 h2 h3 h4 h5 h6 head header hgroup hr html legend " +
    "li main menu nav noscript ol optgroup option p pre search section summary table tbody td " +
    "tfoot th thead title tr ul").split(" "),
);

/** Far more than any page has; the parser's time grows by the square of it. */
const MOST_NESTED = 10_000;

/** The content's elements are nested too deep to be read. */
export class TooDeepError extends Error {
  override name = "TooDeepError";
}

/** Elements that go with the text in them. */
const SILENT = new Set(["script", "style", "template", "iframe", "title"]);

/**
 * The paragraphs of an article's content, as they stand: not trimmed, perhaps blank. HTML is read by
 * a real parser: entities decoded, tags dropped, scripts and styles with their text; block elements
 * and `<br>` end a paragraph. Content without any tag is plain text, in which line ends do. Throws
 * `TooDeepError`.
 */
export function toParagraphs(content: string): string[] {
  if (hasTag(content)) return readHtml(content);
  // A lone "<" is no tag; escaped, the parser leaves it and what follows alone.
  const text = content.includes("&") ? readHtml(content.replaceAll("<", "&lt;"))[0] : content;
  return (text ?? "").split(LINE_END);
}

function hasTag(content: string): boolean {
  const start = content.search(TAG_START);
  return start >= 0 && content.includes(">", start);
}

function readHtml(html: string): string[] {
  const paragraphs: string[] = [];
  let paragraph = "";
  let silence = 0;
  let depth = 0;

  const breakAt = (element: string) => {
    if (paragraph === "" || !BLOCKS.has(element)) return;
    paragraphs.push(paragraph);
    paragraph = "";
  };
  const parser = new Parser({
    onopentagname(element) {
      if (++depth > MOST_NESTED) {
        throw new TooDeepError(`Cannot read the HTML: its elements are nested ${depth} deep`);
      }
      breakAt(element);
      if (SILENT.has(element)) silence++;
    },
    onclosetag(element) {
      depth--;
      breakAt(element);
      if (SILENT.has(element)) silence--;
    },
    ontext(text) {
      if (silence === 0) paragraph += text;
    },
  });
  parser.write(html);
  parser.end();
  if (paragraph !== "") paragraphs.push(paragraph);
  return paragraphs;
}
