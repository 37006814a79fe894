import { SILENT } from "../html/elements.ts";
import { decodeEntities } from "../html/entities.ts";
import { readMarkup } from "../html/markup.ts";
import type { Attributes } from "../html/tokenize_html.ts";
import { walkHtml } from "../html/walk_html.ts";
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
  const { meta, links, texts, itemprops, linkedData, ...found } = collect(page);
  const article = readLinkedData(linkedData);
  const first = (names: readonly string[]) =>
    names.map((name) => meta.get(name)).find((value) => value !== undefined) ?? null;
  const textOf = (name: string) =>
    decodeEntities(texts.get(name) ?? "").replace(/\s+/g, " ").trim();
  const tags = first(TAGS);
  return {
    title: chooseTitle({
      declared: [first(TITLES), article.title],
      title: textOf("title"),
      heading: textOf("h1"),
      site: first(SITES) ?? article.site,
    }),
    author: authorOf(first(AUTHORS)) ?? article.author ?? authorOf(itemprops.get("author")) ??
      found.byline,
    published: first(DATES) ?? article.published ?? itemprops.get("datepublished") ?? found.time ??
      found.date,
    language: found.language?.trim() || null,
    tags: tags === null ? null : tagsOf(tags),
    canonical: links.get("canonical") ?? meta.get("og:url") ?? null,
    base: links.get("base") ?? null,
    body: article.body,
  };
}

/** What a page has in places where metadata may be: the first value of each name. */
interface Collected {
  /** By lowercase name or property. */
  meta: Map<string, string>;
  /** By relation, and `base`. */
  links: Map<string, string>;
  /** Undecoded, by element. */
  texts: Map<string, string>;
  itemprops: Map<string, string>;
  linkedData: string[];
  language: string | null;
  /** The machine-readable time of an element. */
  time: string | null;
  /** In the page's text. */
  date: string | null;
  byline: string | null;
}

function collect(page: string): Collected {
  const found: Collected = {
    meta: new Map(),
    links: new Map(),
    texts: new Map(),
    itemprops: new Map(),
    linkedData: [],
    language: null,
    time: null,
    date: null,
    byline: null,
  };
  const { texts } = found;
  let reading: string | null = null;
  let isLinkedData = false;
  walkHtml(readMarkup(page.slice(0, LOOKED_AT)).html, {
    open(name, attributes) {
      readElement(found, name, attributes);
      if (name === "script") {
        isLinkedData = attributes.get("type")?.trim().toLowerCase() === "application/ld+json";
      }
      if (READ_AS_TEXT.has(name) && !texts.has(name)) {
        texts.set(name, "");
        reading = name;
      } else if (name === "script") reading = name;
    },
    close(name) {
      if (name !== reading) return;
      if (isLinkedData && name === "script") found.linkedData.push(texts.get("script") ?? "");
      texts.delete("script");
      isLinkedData = false;
      reading = null;
    },
    text(raw) {
      if (reading === null) readLine(found, raw);
      else if (reading !== "script" || isLinkedData) {
        texts.set(reading, (texts.get(reading) ?? "") + raw);
      }
    },
  }, SILENT_HERE);
  return found;
}

function readElement(found: Collected, name: string, attributes: Attributes) {
  if (name === "html") {
    found.language ??= attributes.get("lang") ?? attributes.get("xml:lang") ?? null;
  } else if (name === "meta") readMeta(found, attributes);
  else if (name === "base" || name === "link") readLink(found, name, attributes);
  else if (name === "time") found.time ??= attributes.get("datetime") ?? null;
  const itemprop = attributes.get("itemprop")?.toLowerCase();
  const value = attributes.get("content") ?? attributes.get("datetime");
  if (itemprop !== undefined && value !== undefined && !found.itemprops.has(itemprop)) {
    found.itemprops.set(itemprop, value);
  }
}

function readLine(found: Collected, raw: string) {
  if (found.date !== null && found.byline !== null) return;
  const line = decodeEntities(raw).trim();
  if (line.length < 4 || line.length > LONGEST_LINE) return;
  found.date ??= DATE.exec(line)?.[0] ?? null;
  found.byline ??= BYLINE.exec(line)?.[1] ?? null;
}

function readMeta({ meta }: Collected, attributes: Attributes) {
  const value = attributes.get("content")?.trim();
  if (!value) return;
  const names = `${attributes.get("property") ?? ""} ${attributes.get("name") ?? ""}`;
  for (const name of names.toLowerCase().split(/\s+/)) {
    if (name !== "" && !meta.has(name)) meta.set(name, value);
  }
}

function readLink({ links }: Collected, name: string, attributes: Attributes) {
  const href = attributes.get("href")?.trim();
  if (!href) return;
  const rels = name === "base"
    ? ["base"]
    : (attributes.get("rel") ?? "").toLowerCase().split(/\s+/);
  for (const rel of rels) if (!links.has(rel)) links.set(rel, href);
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
