import { Parser as HtmlParser } from "htmlparser2";
import { readArticle } from "./incoming_article.ts";
import type { Parser } from "./parsed.ts";
import { wholeText } from "./whole_text.ts";

const DECLARATION = /<meta[^>]*charset\s*=\s*["']?([\w.:-]+)/i;

/** Deeper pages are built to hurt: the parser's time grows with the square of the depth. */
const MAX_DEPTH = 1_000;

/**
 * A web page, one article. Title: `<title>`, else the first `<h1>`. Content, as it stands in the
 * page: `<article>` where there is just one, else `<main>`, else `<body>`, else what follows the
 * head. Source: the canonical link, if any.
 */
export const parseHtml: Parser = async function* (body, charset = null) {
  const read = await wholeText(body, { charset, declaration: DECLARATION });
  const page = "error" in read ? read : readPage(read.text);
  if ("error" in page) yield { kind: "rejected", line: 1, error: page.error };
  else yield { line: 1, ...readArticle(page) };
};

type Page = { title: string; content: string; source: string | null };

/** The elements of one name: where those now open begin, and what whole ones held. */
type Region = { starts: number[]; contents: string[] };

function readPage(html: string): Page | { error: string } {
  const article: Region = { starts: [], contents: [] };
  const main: Region = { starts: [], contents: [] };
  const body: Region = { starts: [], contents: [] };
  const regions = new Map([["article", article], ["main", main], ["body", body]]);
  const titles = new Map<string, string>();
  let reading: string | null = null;
  let source: string | null = null;
  let afterTitle = 0;
  let depth = 0;
  let tooDeep = false;

  const parser = new HtmlParser({
    onopentag(name, attributes) {
      if (++depth > MAX_DEPTH) {
        tooDeep = true;
        parser.pause();
      }
      regions.get(name)?.starts.push(parser.endIndex + 1);
      if ((name === "title" || name === "h1") && !titles.has(name)) {
        titles.set(name, "");
        reading = name;
      }
      if (name === "link" && /(^|\s)canonical(\s|$)/i.test(attributes.rel ?? "")) {
        source ??= attributes.href?.trim() || null;
      }
    },
    ontext(text) {
      if (reading !== null) titles.set(reading, titles.get(reading) + text);
    },
    onclosetag(name) {
      depth--;
      if (name === reading) reading = null;
      if (name === "title") afterTitle ||= parser.endIndex + 1;
      const region = regions.get(name);
      const start = region?.starts.pop();
      // Of nested elements only the outermost counts.
      if (region?.starts.length === 0) region.contents.push(html.slice(start, parser.startIndex));
    },
  });
  parser.end(html);
  if (tooDeep) return { error: `the page nests elements more than ${MAX_DEPTH} deep` };

  const [content = html.slice(afterTitle)] = article.contents.length === 1
    ? article.contents
    : [...main.contents, ...body.contents];
  const title = folded(titles.get("title")) || folded(titles.get("h1"));
  return { title, content: content.trim(), source };
}

function folded(text = ""): string {
  return text.replace(/\s+/g, " ").trim();
}
