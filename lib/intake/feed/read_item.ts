import {
  ARTICLE_FIELD_NAMES,
  ARTICLE_FIELDS,
  type ArticleField,
  type FieldDescription,
  fieldsFrom,
  type FieldValue,
  type Json,
} from "../../article/article_fields.ts";
import { escapeTitle, tidyTitle } from "../../article/title.ts";
import { feedSource } from "../feed_source.ts";
import { incomingArticle, type Reading } from "../incoming_article.ts";
import { addressOf, FIELD_READERS } from "../record_values.ts";
import { type FeedField, fieldKind, fieldText } from "./feed_field.ts";
import type { FeedHead } from "./feed_head.ts";
import { isKind, whyNoBloggerPost } from "./blogger.ts";
import { hasText } from "./has_text.ts";
import { readPost, whyNoPost } from "./wordpress.ts";

/** The names of an item's own text, and of its attribute `title`. */
export const OWN_TEXT = "#text";
export const OWN_TITLE = "#title";
const TITLE = ["title", "dc:title", "media:title", "itunes:title", "contenttitle", OWN_TITLE];
const CONTENT = [
  ...["content:encoded", "content", "fullitem", "fulltext", "full-text", "yandex:full-text"],
  "turbo:content",
  "xhtml:body",
  "body",
  "description",
  "abstract",
  "summary",
  "excerpt:encoded",
  "media:description",
  "itunes:summary",
  "dc:description",
  "googleplay:description",
  "itunes:subtitle",
  OWN_TEXT,
];
const ID = ["guid", "id", "dc:identifier", "docno"];
/** The elements that are read; the others go to `extra`. */
const USED = new Set([
  ...[...TITLE, ...CONTENT, ...ID],
  ...ARTICLE_FIELD_NAMES.flatMap((name): readonly string[] => ARTICLE_FIELDS[name].elements),
  ...["source", "link", "url", "media:group", "author.email", "author.uri", "wp:post_password"],
]);
const LONGEST_EXTRA = 4_000;

/** An element of an item with its decoded text. */
type ItemText = FeedField & { value: string };

/** Reads the article of an item, from the first non-empty fields in the order above. */
export function readItem(
  fields: readonly FeedField[],
  attributes: Record<string, string>,
  head: FeedHead,
): Reading {
  const texts: ItemText[] = [];
  const byName = new Map<string, ItemText>();
  for (const field of fields) {
    const value = withEntities(fieldText(field), head.entities).trim();
    const text = { ...field, value };
    texts.push(text);
    if (value !== "" && isBetter(text, byName.get(field.name))) byName.set(field.name, text);
  }
  const first = (names: readonly string[]): ItemText | undefined => {
    for (const name of names) {
      const field = byName.get(name);
      if (field !== undefined) return field;
    }
    return undefined;
  };

  const reason = whyNoPost(byName.get("wp:post_type")?.value, byName.get("wp:status")?.value) ??
    whyNoBloggerPost(texts);
  if (reason !== null) return { kind: "skipped", error: reason };
  const title = first(TITLE);
  const content = contentOf(byName);
  const headBase = head.base();
  const base = addressOf(attributes["xml:base"] ?? null, headBase) ?? headBase;
  const about = attributes["rdf:about"] ?? null;
  const id = first(ID);
  const link = addressOf(linkOf(texts) ?? attributes.href ?? about, base) ?? permalinkOf(id, base);
  if (title === undefined && content === undefined && link === null) {
    return { kind: "rejected", error: "the item has no title, no text and no link" };
  }
  const isPost = texts.some(({ name }) => name === "wp:post_type");
  const given = fieldsFrom((name) => readField(name, ARTICLE_FIELDS[name]));
  return incomingArticle({
    ...given,
    title: title === undefined
      ? ""
      : escapeTitle(fieldKind(title) === "text" ? title.value : tidyTitle(title.value)),
    content: content === undefined ? "" : isPost ? readPost(content.value) : content.value,
    contentKind: content === undefined ? null : fieldKind(content),
    sources: [feedSource(id?.value ?? about, head.identity()), link],
    url: link,
    author: given.author ?? head.author(),
    language: given.language ?? attributes["xml:lang"] ?? head.language(),
    extra: extraOf(texts),
  });

  function readField(
    field: ArticleField,
    { type, elements }: FieldDescription,
  ): FieldValue | null {
    if (type === "list") return listOf(texts, elements);
    for (const element of elements) {
      const text = byName.get(element)?.value;
      if (text === undefined) continue;
      if (field === "author") return valuesOf(texts, element).join(", ");
      const value = FIELD_READERS[type](text, base) ?? null;
      if (value !== null) return value;
    }
    return null;
  }
}

/** Of elements with the same name, the first counts, and of contents the longest. */
function isBetter({ name, value }: ItemText, other: ItemText | undefined): boolean {
  return other === undefined || value.length > other.value.length && CONTENT.includes(name);
}

/** Returns the first field with a content; one with an image alone only if there is no text. */
function contentOf(byName: ReadonlyMap<string, ItemText>): ItemText | undefined {
  let image: ItemText | undefined;
  for (const name of CONTENT) {
    const field = byName.get(name);
    if (field === undefined) continue;
    if (hasText(field.value)) return field;
    image ??= field;
  }
  return image;
}

/** Returns the distinct texts of all elements of a name. */
function valuesOf(texts: readonly ItemText[], element: string): string[] {
  const values = texts.filter(({ name, value }) => name === element && value !== "")
    .map(({ value }) => value);
  return [...new Set(values)];
}

/** Returns the distinct values of some elements; null if there is none. */
function listOf(texts: readonly ItemText[], elements: readonly string[]): string[] | null {
  const values = texts.filter((text) => elements.includes(text.name) && !isKind(text))
    .flatMap(({ name, value, attributes: { term } }) =>
      name === "category" || name === "dc:subject" ? [value || term || ""] : value.split(",")
    )
    .map((value) => value.trim()).filter((value) => value !== "");
  return values.length > 0 ? [...new Set(values)] : null;
}

/** Returns an id that is a URL, or a path on the feed's site, unless `isPermaLink` is false. */
function permalinkOf(
  id: ItemText | undefined,
  base: string | null,
): string | null {
  if (id === undefined || id.attributes.isPermaLink === "false") return null;
  if (/^[/?]/.test(id.value)) return addressOf(id.value, base) ?? null;
  return /^https?:/i.test(id.value) ? addressOf(id.value) ?? null : null;
}

/** The relation of the article itself, by its name or its URI; a link without a relation has it, too. */
const ALTERNATE = /^(?:https?:\/\/www\.iana\.org\/assignments\/relation\/)?alternate$/i;

/**
 * Atom's links are attributes, RSS's are text; other relations do not identify the article. Of several, a web page counts
 * before a file of another type.
 */
function linkOf(texts: readonly ItemText[]): string | null {
  const links = texts.filter(({ name }) => name === "link" || name === "url")
    .map(({ attributes: { href, rel = "alternate", type = "text/html" }, value }) => ({
      link: href === undefined ? value : ALTERNATE.test(rel.trim()) ? href : "",
      isPage: /html/i.test(type),
    }))
    .filter(({ link }) => link !== "");
  return (links.find(({ isPage }) => isPage) ?? links[0])?.link ?? null;
}

/** Returns the other elements with a text or a file's URL. */
function extraOf(texts: readonly ItemText[]): Record<string, Json> | null {
  const rest = texts.filter(({ name, hasElements }) => !USED.has(name) && !hasElements)
    .map(({ name, value, attributes }) => [name, value || attributes.url || ""] as const)
    .filter(([, value]) => value !== "" && value.length <= LONGEST_EXTRA);
  return rest.length > 0 ? Object.fromEntries(rest) : null;
}

function withEntities(text: string, entities: ReadonlyMap<string, string>): string {
  if (entities.size === 0) return text;
  return text.replace(/&([\w.-]+);/g, (whole, name) => entities.get(name) ?? whole);
}
