import type { Json } from "../../article/article_fields.ts";
import { tidyTitle } from "../../article/title.ts";
import { feedSource } from "../feed_source.ts";
import { incomingArticle, type Reading } from "../incoming_article.ts";
import { readPublished } from "../published.ts";
import { addressOf } from "../record_values.ts";
import { type FeedField, fieldKind, fieldText } from "./feed_field.ts";
import type { FeedHead } from "./feed_head.ts";
import { classicParagraphs, whyNoPost } from "./wordpress.ts";

const TITLE = ["title", "dc:title", "media:title", "itunes:title"];
const CONTENT = [
  "content:encoded",
  "content",
  "fullitem",
  "xhtml:body",
  "body",
  "description",
  "abstract",
  "summary",
  "media:description",
  "itunes:summary",
  "dc:description",
];
const ID = ["guid", "id", "dc:identifier"];
const AUTHOR = ["dc:creator", "author.name", "author", "itunes:author"];
const PUBLISHED = [
  "pubDate",
  "published",
  "issued",
  "dc:date",
  "dcterms:created",
  "updated",
  "modified",
];
const TAGS = ["category", "dc:subject", "media:keywords", "itunes:keywords"];
const USED = new Set([
  ...[...TITLE, ...CONTENT, ...ID, ...AUTHOR, ...PUBLISHED, ...TAGS],
  ...[
    "source",
    "link",
    "url",
    "language",
    "dc:language",
    "media:group",
    "author.email",
    "author.uri",
  ],
]);
const LONGEST_EXTRA = 4_000;

/** Reads the article of an item, from the first non-empty fields in the order above. */
export function readItem(
  fields: readonly FeedField[],
  attributes: Record<string, string>,
  head: FeedHead,
): Reading {
  const texts = fields.map((field) => ({
    ...field,
    value: withEntities(fieldText(field), head.entities).trim(),
  }));
  const first = (names: readonly string[]) =>
    names.map((name) => texts.find((field) => field.name === name && field.value !== ""))
      .find((field) => field !== undefined);

  const reason = whyNoPost(first(["wp:post_type"])?.value, first(["wp:status"])?.value);
  if (reason !== null) return { kind: "skipped", error: reason };
  const title = first(TITLE);
  const content = first(CONTENT);
  const base = addressOf(attributes["xml:base"] ?? null, head.base()) ?? head.base();
  const about = attributes["rdf:about"] ?? null;
  const id = first(ID);
  const link = addressOf(linkOf(texts) ?? about, base) ?? permalinkOf(id, base);
  if (title === undefined && content === undefined && link === null) {
    return { kind: "rejected", error: "the item has no title, no text and no link" };
  }
  const isPost = texts.some(({ name }) => name === "wp:post_type");
  const published = first(PUBLISHED)?.value;
  const tags = texts.filter(({ name }) => TAGS.includes(name))
    .flatMap(({ name, value, attributes: { term } }) =>
      name === "category" || name === "dc:subject" ? [value || term || ""] : value.split(",")
    )
    .map((tag) => tag.trim()).filter((tag) => tag !== "");
  return incomingArticle({
    title: title === undefined
      ? ""
      : fieldKind(title) === "text"
      ? title.value.replace(/\s+/g, " ")
      : tidyTitle(title.value),
    content: content === undefined ? "" : isPost ? classicParagraphs(content.value) : content.value,
    contentKind: content === undefined ? null : fieldKind(content),
    sources: [feedSource(id?.value ?? about, head.identity()), link],
    url: link,
    author: first(AUTHOR)?.value ?? null,
    published: published === undefined ? null : readPublished(published),
    language: first(["language", "dc:language"])?.value ?? attributes["xml:lang"] ??
      head.language(),
    tags: tags.length > 0 ? [...new Set(tags)] : null,
    extra: extraOf(texts),
  });
}

/** Returns an id that is a URL, or a path on the feed's site, unless `isPermaLink` is false. */
function permalinkOf(
  id: (FeedField & { value: string }) | undefined,
  base: string | null,
): string | null {
  if (id === undefined || id.attributes.isPermaLink === "false") return null;
  return addressOf(id.value, /^[/?]/.test(id.value) ? base : null) ?? null;
}

/** Atom's links are attributes, RSS's are text; other relations do not identify the article. */
function linkOf(texts: readonly (FeedField & { value: string })[]): string | null {
  const links = texts.filter(({ name }) => name === "link" || name === "url")
    .map(({ attributes: { href, rel = "alternate" }, value }) =>
      href === undefined ? value : rel === "alternate" ? href : ""
    );
  return links.find((link) => link !== "") ?? null;
}

/** Returns the other elements with a text or a file's URL. */
function extraOf(texts: readonly (FeedField & { value: string })[]): Record<string, Json> | null {
  const rest = texts.filter(({ name, hasElements }) => !USED.has(name) && !hasElements)
    .map(({ name, value, attributes }) => [name, value || attributes.url || ""] as const)
    .filter(([, value]) => value !== "" && value.length <= LONGEST_EXTRA);
  return rest.length > 0 ? Object.fromEntries(rest) : null;
}

function withEntities(text: string, entities: ReadonlyMap<string, string>): string {
  if (entities.size === 0) return text;
  return text.replace(/&([\w.-]+);/g, (whole, name) => entities.get(name) ?? whole);
}
