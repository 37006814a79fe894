import { ARTICLE_FIELDS, type ArticleField } from "../article/article_fields.ts";

/** The recognized parts of a record: text, source, group and fields. */
export type RecordField = "title" | "content" | "source" | "group" | "group_id" | ArticleField;

/** Maps parts of an article to names in records; `a.b` is the `b` in an object `a`. */
export type FieldMap = ReadonlyMap<RecordField, string>;

/** The size of the cache of names. */
const REMEMBERED = 1_000;
const usualNames = new Map<string, string>();

/**
 * Normalizes a name as in `USUAL_NAMES`: `Post Title`, `postTitle` and `post-title` are `post_title`, `正 文` is `正文`, and
 * full-width letters are ordinary ones.
 */
export function usualName(name: string): string {
  const known = usualNames.get(name);
  if (known !== undefined) return known;
  const usual = name.normalize("NFKC").trim().replace(/(\p{Ll})(\p{Lu})/gu, "$1_$2").toLowerCase()
    .replace(/(?<=\p{Script=Han})\s+(?=\p{Script=Han})/gu, "").replace(/[\s-]+/g, "_");
  if (usualNames.size >= REMEMBERED) usualNames.clear();
  usualNames.set(name, usual);
  return usual;
}

/** The usual names of each part, normalized by `usualName`, by precedence. */
export const USUAL_NAMES: Readonly<Record<RecordField, readonly string[]>> = {
  title: [
    ...["title", "headline", "subject", "dc:title", "post_title", "article_title", "news_title"],
    ...["web_title", "page_title"],
    ...["标题", "题目", "標題", "文章标题", "新闻标题", "名称"],
  ],
  content: [
    ...["content", "content_html", "html", "content:encoded", "body", "text", "content_text"],
    ...[
      "plaintext",
      "paragraphs",
      "article_body",
      "articlebody",
      "post_content",
      "article_content",
      "news_content",
    ],
    ...["full_text", "fulltext", "main_text", "maintext", "selftext"],
    ...["article_text", "article_html", "body_html", "html_body", "body_text", "text_body"],
    ...["full_content", "page_content", "plain_content", "raw_content", "raw_text", "markdown"],
    ...["正文", "内容", "內容", "文章内容", "新闻内容", "正文内容", "文章正文", "全文", "文本"],
    ...["article", "document", "story", "passage", "review", "review_text"],
    ...["message", "description", "summary", "abstract", "desc", "excerpt", "摘要"],
  ],
  source: ["source", "guid", "uuid"],
  group: ["group", "分组"],
  group_id: ["group_id", "groupid"],
  ...usualFieldNames(),
};

function usualFieldNames() {
  return Object.fromEntries(
    Object.entries(ARTICLE_FIELDS).map((
      [name, { column, aliases }],
    ) => [name, [column, ...aliases]]),
    // The type of a computed object loses its keys, which are those of the table.
  ) as Record<ArticleField, string[]>;
}

const BY_COLUMN = new Map<string, RecordField>([
  ...(["title", "content", "source", "group", "group_id"] as const).map((name) =>
    [name, name] as const
  ),
  ...Object.entries(ARTICLE_FIELDS).map(([name, { column }]) =>
    [column, name as ArticleField] as const
  ),
]);

/**
 * Parses a mapping such as `title:标题,content:text`: an article's part, then its name in the records. Throws a
 * `TypeError` that names the error.
 */
export function readFieldMap(text: string): FieldMap {
  const map = new Map<RecordField, string>();
  for (const pair of text.split(",").filter((each) => each.trim() !== "")) {
    const colon = pair.indexOf(":");
    const field = BY_COLUMN.get(pair.slice(0, colon).trim());
    const name = pair.slice(colon + 1).trim();
    if (colon === -1 || name === "") {
      throw new TypeError(`map must be pairs such as title:headline; ${pair.trim()} is not`);
    }
    if (field === undefined) {
      const known = [...BY_COLUMN.keys()].join(", ");
      throw new TypeError(
        `map can name ${known}; ${pair.slice(0, colon).trim()} is not among them`,
      );
    }
    map.set(field, name);
  }
  return map;
}
