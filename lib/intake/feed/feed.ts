import type { Parser } from "../parsed.ts";
import { feedReader } from "./feed_reader.ts";
import { feedText } from "./feed_text.ts";

/**
 * RSS 0.9 to 2.0, RDF, Atom, WordPress exports and Wikipedia abstracts, distinguished by namespace URIs; one
 * article per item. `options.base` is the feed's URL. A truncated feed yields its complete items and a
 * rejection.
 */
export const parseFeed: Parser = async function* (body, options = {}) {
  const reader = feedReader(options.base ?? null);
  for await (const text of feedText(body)) yield reader.write(text);
  yield reader.end();
};
