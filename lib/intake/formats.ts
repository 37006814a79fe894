import { parseMarkdown } from "./document/markdown.ts";
import { parseText } from "./document/text_document.ts";
import { parseWebPage } from "./document/web_page.ts";
import { parseFeed } from "./feed/feed.ts";
import { parseJson } from "./json/json.ts";
import type { Parser } from "./parsed.ts";
import { parseTable } from "./table/table.ts";
import type { Format } from "./format_name.ts";

/** The reader of each format. */
export const PARSERS: Readonly<Record<Format, Parser>> = {
  json: parseJson,
  table: parseTable,
  feed: parseFeed,
  page: parseWebPage,
  text: parseText,
  markdown: parseMarkdown,
};
