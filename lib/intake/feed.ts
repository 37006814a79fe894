import { feedReader } from "./feed_reader.ts";
import { feedText } from "./feed_text.ts";
import type { Parser } from "./parsed.ts";
import { utf8 } from "./utf8.ts";

const DECLARATION = /^\s*<\?xml[^>]*\sencoding\s*=\s*["']([\w.:-]+)/;

/**
 * RSS 2.0, RSS 1.0 (RDF) and Atom; an article an item. Content: `content:encoded` or `content`,
 * else `description` or `summary`, else none. Source: `guid` or `id`, else the link, else
 * `rdf:about`. A feed cut off has its whole items, and a rejection that says so.
 */
export const parseFeed: Parser = async function* (body, charset = null) {
  const reader = feedReader();
  for await (const text of feedText(utf8(body, { charset, declaration: DECLARATION }))) {
    yield* reader.write(text);
  }
  yield* reader.end();
};
