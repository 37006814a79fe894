/**
 * The type of an article's content: an HTML fragment, plain text without markup, or a whole web page that
 * contains the article.
 */
export const CONTENT_KINDS = ["html", "text", "page"] as const;
export type ContentKind = (typeof CONTENT_KINDS)[number];

/** A JSON value. */
export type Json = null | boolean | number | string | Json[] | { [key: string]: Json };

/** The TypeScript type and the Postgres column type of each field type. */
interface FieldTypes {
  text: string;
  kind: ContentKind;
  list: string[];
  object: Record<string, Json>;
}
export const COLUMN_TYPES = { text: "text", kind: "text", list: "jsonb", object: "jsonb" } as const;

interface FieldDescription {
  type: keyof FieldTypes;
  /** The column in `original_articles`, and the name in JSON. */
  column: string;
  /** Aliases in imported records, in lower case, by precedence. */
  aliases: readonly string[];
}

/**
 * The metadata fields of an article. The types, the columns, the API, the importers' field names and the
 * article's page are derived from this table. A new field is a row here, a column in a migration, its labels
 * in `lib/i18n/article_words.ts` and a line in docs/api.md.
 */
export const ARTICLE_FIELDS = {
  url: {
    type: "text",
    column: "url",
    aliases: [
      ...["link", "permalink", "external_url", "href", "source_url", "page_url", "canonical_url"],
      ...["网址", "链接", "链接地址", "文章链接", "原文链接"],
    ],
  },
  author: {
    type: "text",
    column: "author",
    aliases: [
      ...["authors", "byline", "creator", "dc:creator", "author_name", "writer", "account"],
      ...["作者", "发布者"],
    ],
  },
  published: {
    type: "text",
    column: "published",
    aliases: [
      ...["published_at", "date_published", "publish_date", "publish_time", "pubdate", "pub_date"],
      ...[
        "pub_time",
        "post_date",
        "date",
        "datetime",
        "time",
        "created_at",
        "created",
        "created_utc",
      ],
      ...["timestamp", "发布时间", "发布日期", "发表时间", "日期", "时间"],
    ],
  },
  language: { type: "text", column: "language", aliases: ["lang", "语言"] },
  tags: {
    type: "list",
    column: "tags",
    aliases: ["keywords", "categories", "category", "标签", "关键词", "分类"],
  },
  extra: { type: "object", column: "extra", aliases: [] },
  contentKind: { type: "kind", column: "content_kind", aliases: [] },
} as const satisfies Record<string, FieldDescription>;

export type ArticleField = keyof typeof ARTICLE_FIELDS;

/** The values of `ARTICLE_FIELDS`; null if missing. */
export type ArticleFields = {
  [Name in ArticleField]: FieldTypes[(typeof ARTICLE_FIELDS)[Name]["type"]] | null;
};

export const ARTICLE_FIELD_NAMES = Object.keys(ARTICLE_FIELDS) as ArticleField[];

/** The fields of an article without metadata. */
export const NO_FIELDS: Readonly<ArticleFields> = {
  url: null,
  author: null,
  published: null,
  language: null,
  tags: null,
  extra: null,
  contentKind: null,
};
