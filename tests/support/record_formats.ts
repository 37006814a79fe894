import { parseCsv } from "../../lib/intake/csv.ts";
import { parseFeed } from "../../lib/intake/feed.ts";
import { parseJson } from "../../lib/intake/json.ts";
import { parseNdjson } from "../../lib/intake/ndjson.ts";
import type { Parser } from "../../lib/intake/parsed.ts";

/** A format of many records: how it writes an article of title `t`, and what goes around. */
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
    parser: parseNdjson,
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
    parser: parseCsv,
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
