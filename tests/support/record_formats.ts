import { parseTable } from "../../lib/intake/table/table.ts";
import { parseFeed } from "../../lib/intake/feed/feed.ts";
import { parseJson } from "../../lib/intake/json/json.ts";
import type { Parser } from "../../lib/intake/parsed.ts";

/** A multi-record format: an article with the title `t`, and the text around the records. */
export interface RecordFormat {
  name: string;
  parser: Parser;
  head: string;
  article(content: string): string;
  tail: string;
}

export const RECORD_FORMATS: RecordFormat[] = [
  {
    name: "NDJSON",
    parser: parseJson,
    head: "",
    article: (content) => `{"title":"t","content":"${content}"}\n`,
    tail: "",
  },
  {
    name: "JSON",
    parser: parseJson,
    head: "[",
    article: (content) => `{"title":"t","content":"${content}"},\n`,
    tail: "]",
  },
  {
    name: "CSV",
    parser: parseTable,
    head: "title,content\n",
    article: (content) => `t,"${content}"\n`,
    tail: "",
  },
  {
    name: "RSS",
    parser: parseFeed,
    head: "<rss>",
    article: (content) =>
      `<item><title>t</title><description><![CDATA[${content}]]></description></item>\n`,
    tail: "</rss>",
  },
];
