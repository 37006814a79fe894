import { SILENT } from "../html/elements.ts";
import { decodeEntities } from "../html/entities.ts";
import { readMarkup } from "../html/markup.ts";
import { type Attributes, walkHtml } from "../html/walk_html.ts";
import { readLinkedData } from "./linked_data.ts";
import { chooseTitle } from "./page_title.ts";

/** A page's metadata about its article; null if missing. */
export interface PageMetadata {
  /** Without the site's name; empty if missing. */
  title: string;
  author: string | null;
  /** As written in the page. */
  published: string | null;
  language: string | null;
  tags: string[] | null;
  /** The canonical URL and the base URL, as written in the page. */
  canonical: string | null;
  base: string | null;
  /** The article's text, where the page has it for programs. */
  body: string | null;
}

/** Only the start of a page is searched for metadata. */
const LOOKED_AT = 500_000;
const READ_AS_TEXT = new Set(["title", "h1", "script"]);
const SILENT_HERE: ReadonlySet<string> = new Set(
  [...SILENT].filter((name) => name !== "title" && name !== "script"),
);

const TITLES = ["og:title", "twitter:title", "dc.title", "dcterms.title", "headline"];
const AUTHORS = [
  "author",
  "article:author",
  "og:article:author",
  "byl",
  "dc.creator",
  "dcterms.creator",
  "parsely-author",
  "sailthru.author",
  "twitter:creator",
  "cxenseparse:author",
];
const DATES = [
  "article:published_time",
  "og:published_time",
  "og:article:published_time",
  "datepublished",
  "parsely-pub-date",
  "pubdate",
  "publishdate",
  "publish_date",
  "publish-date",
  "publication_date",
  "sailthru.date",
  "dc.date.issued",
  "dcterms.created",
  "dc.date",
  "weibo:article:create_at",
  "weibo: article:create_at",
  "apub:time",
  "date",
];
const SITES = ["og:site_name", "application-name", "apple-mobile-web-app-title"];
const TAGS = ["article:tag", "keywords", "news_keywords"];

const BYLINE =
  /(?:^|[\s|·])(?:作者|撰文|文\/|记者)\s*[:：]?\s*([\p{Script=Han}·]{2,8})(?=$|[\s|，,·（(])/u;
const DATE =
  /(?:19|20)\d\d\s*[-年/.]\s*\d{1,2}\s*[-月/.]\s*\d{1,2}\s*日?(?:\s*\d{1,2}:\d{2}(?::\d{2})?)?/;
/** The maximum length of a line with a date or a byline. */
const LONGEST_LINE = 80;

/** Reads a page's metadata about its article, in bounded time for a page of any length. */
export function readMetadata(page: string): PageMetadata {
  const meta = new Map<string, string>();
  const links = new Map<string, string>();
  const texts = new Map<string, string>();
  const itemprops = new Map<string, string>();
  const linkedData: string[] = [];
  let language: string | null = null;
  let time: string | null = null;
  let reading: string | null = null;
  let isLinkedData = false;
  let date: string | null = null;
  let byline: string | null = null;

  const readLine = (text: string) => {
    const found = text.trim();
    if (found.length < 4 || found.length > LONGEST_LINE) return;
    date ??= DATE.exec(found)?.[0] ?? null;
    byline ??= BYLINE.exec(found)?.[1] ?? null;
  };
  walkHtml(readMarkup(page.slice(0, LOOKED_AT)).html, {
    open(name, attributes) {
      switch (name) {
        case "html":
          language ??= attributes.get("lang") ?? attributes.get("xml:lang") ?? null;
          break;
        case "meta":
          readMeta(attributes);
          break;
        case "base":
        case "link":
          readLink(name, attributes);
          break;
        case "time":
          time ??= attributes.get("datetime") ?? null;
          break;
        case "script":
          isLinkedData = attributes.get("type")?.trim().toLowerCase() === "application/ld+json";
          break;
      }
      const itemprop = attributes.get("itemprop")?.toLowerCase();
      const value = attributes.get("content") ?? attributes.get("datetime");
      if (itemprop !== undefined && value !== undefined && !itemprops.has(itemprop)) {
        itemprops.set(itemprop, value);
      }
      if (READ_AS_TEXT.has(name) && !texts.has(name)) {
        texts.set(name, "");
        reading = name;
      } else if (name === "script") reading = name;
    },
    close(name) {
      if (name === reading) {
        if (isLinkedData && name === "script") linkedData.push(texts.get("script") ?? "");
        texts.delete("script");
        isLinkedData = false;
        reading = null;
      }
    },
    text(raw) {
      if (reading === null) {
        if (date === null || byline === null) readLine(decodeEntities(raw));
      } else if (reading !== "script" || isLinkedData) {
        texts.set(reading, (texts.get(reading) ?? "") + raw);
      }
    },
  }, SILENT_HERE);

  const article = readLinkedData(linkedData);
  const first = (names: readonly string[]) =>
    names.map((name) => meta.get(name)).find((value) => value !== undefined) ?? null;
  const tags = first(TAGS);
  return {
    title: chooseTitle({
      declared: [first(TITLES), article.title],
      title: textOf("title"),
      heading: textOf("h1"),
      site: first(SITES) ?? article.site,
    }),
    author: authorOf(first(AUTHORS)) ?? article.author ?? authorOf(itemprops.get("author")) ??
      byline,
    published: first(DATES) ?? article.published ?? itemprops.get("datepublished") ?? time ?? date,
    language: (language as string | null)?.trim() || null,
    tags: tags === null ? null : tagsOf(tags),
    canonical: links.get("canonical") ?? meta.get("og:url") ?? null,
    base: links.get("base") ?? null,
    body: article.body,
  };

  function textOf(name: string): string {
    return decodeEntities(texts.get(name) ?? "").replace(/\s+/g, " ").trim();
  }

  function readMeta(attributes: Attributes) {
    const value = attributes.get("content")?.trim();
    if (!value) return;
    const names = `${attributes.get("property") ?? ""} ${attributes.get("name") ?? ""}`;
    for (const name of names.toLowerCase().split(/\s+/)) {
      if (name !== "" && !meta.has(name)) meta.set(name, value);
    }
  }

  function readLink(name: string, attributes: Attributes) {
    const href = attributes.get("href")?.trim();
    if (!href) return;
    const rels = name === "base"
      ? ["base"]
      : (attributes.get("rel") ?? "").toLowerCase().split(/\s+/);
    for (const rel of rels) if (!links.has(rel)) links.set(rel, href);
  }
}

/** Some sites have a URL or their software's default as the author. */
function authorOf(author: string | null | undefined): string | null {
  if (!author || /^(?:https?:)?\/\/|@|^(?:未知|admin|佚名)$/i.test(author)) return null;
  return author.replace(/\s+/g, " ").trim();
}

function tagsOf(tags: string): string[] | null {
  const found = tags.split(/[,，;；、|]/).map((tag) => tag.trim()).filter((tag) => tag !== "");
  return found.length > 0 ? [...new Set(found)].slice(0, 50) : null;
}
