/**
 * The type of an article's content: an HTML fragment, plain text without markup, or a whole web page that
 * contains the article.
 */
export const CONTENT_KINDS = ["html", "text", "page"] as const;
export type ContentKind = (typeof CONTENT_KINDS)[number];

/** A JSON value. */
export type Json = null | boolean | number | string | Json[] | { [key: string]: Json };

/** The TypeScript type of each field type. */
interface FieldTypes {
  text: string;
  /** An absolute URL. */
  address: string;
  /** Names, separated by commas. */
  names: string;
  /** An ISO 8601 time or date. */
  time: string;
  list: string[];
  object: Record<string, Json>;
  kind: ContentKind;
}
export type FieldType = keyof FieldTypes;

export interface FieldDescription {
  type: FieldType;
  /** The column in `original_articles`, and the name in JSON. */
  column: string;
  /** Aliases in imported records, in lower case, by precedence. */
  aliases: readonly string[];
  /** The elements of a feed's item, by precedence; a list takes the values of all. */
  elements: readonly string[];
}

/**
 * The metadata fields of an article. Types, columns, the API, the parsers of records and feeds, and the article's
 * page are derived from this table; CONTRIBUTING.md has the recipe for a new field.
 */
export const ARTICLE_FIELDS = {
  url: {
    type: "address",
    column: "url",
    aliases: [
      ...["link", "permalink", "external_url", "href", "source_url", "page_url", "canonical_url"],
      ...["post_url", "article_url", "post_page_url", "web_url", "live_url"],
      ...["网址", "链接", "链接地址", "文章链接", "原文链接"],
    ],
    // A link can be an attribute or be implied by the item's id (see `readItem`).
    elements: [],
  },
  author: {
    type: "names",
    column: "author",
    aliases: [
      ...["authors", "byline", "creator", "dc:creator", "author_name", "writer", "account"],
      ...["作者", "发布者"],
    ],
    elements: ["dc:creator", "author.name", "author", "itunes:author"],
  },
  published: {
    type: "time",
    column: "published",
    aliases: [
      ...["published_at", "date_published", "publish_date", "publish_time", "pubdate", "pub_date"],
      ...["published_date", "pub_time", "post_date", "date", "datetime", "time"],
      ...["created_at", "created", "created_utc", "timestamp"],
      ...["发布时间", "发布日期", "发表时间", "日期", "时间"],
    ],
    elements: [
      ...[
        "pubDate",
        "published",
        "issued",
        "dc:date",
        "dcterms:created",
        "created",
        "updated",
        "modified",
      ],
      "wp:post_date",
    ],
  },
  language: {
    type: "text",
    column: "language",
    aliases: ["lang", "语言"],
    elements: ["language", "dc:language"],
  },
  tags: {
    type: "list",
    column: "tags",
    aliases: ["keywords", "categories", "category", "标签", "关键词", "分类"],
    elements: ["category", "dc:subject", "media:keywords", "itunes:keywords"],
  },
  extra: { type: "object", column: "extra", aliases: [], elements: [] },
  contentKind: { type: "kind", column: "content_kind", aliases: [], elements: [] },
} as const satisfies Record<string, FieldDescription>;

export type ArticleField = keyof typeof ARTICLE_FIELDS;

/** The values of `ARTICLE_FIELDS`; null if missing. */
export type ArticleFields = {
  [Name in ArticleField]: FieldTypes[(typeof ARTICLE_FIELDS)[Name]["type"]] | null;
};

/** The value of a field of some type. */
export type FieldValue<Type extends FieldType = FieldType> = FieldTypes[Type];

export const ARTICLE_FIELD_NAMES = Object.keys(ARTICLE_FIELDS) as ArticleField[];

/** The fields of an article without metadata. */
export const NO_FIELDS: Readonly<ArticleFields> = Object.fromEntries(
  ARTICLE_FIELD_NAMES.map((name) => [name, null]),
  // The type of a computed object loses its keys, which are those of the table.
) as unknown as ArticleFields;

/** Creates fields from a value for each; null if it is missing. */
export function fieldsFrom(
  valueOf: (name: ArticleField) => FieldValue | null | undefined,
): ArticleFields {
  // A copy with few changes takes half the time of a new object.
  const fields: Record<ArticleField, FieldValue | null> = { ...NO_FIELDS };
  for (const name of ARTICLE_FIELD_NAMES) {
    const value = valueOf(name) ?? null;
    if (value !== null) fields[name] = value;
  }
  // The types by name are those that the table declares.
  return fields as ArticleFields;
}
