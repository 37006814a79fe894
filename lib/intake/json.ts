import { jsonValues } from "./json_values.ts";
import type { Parser } from "./parsed.ts";
import { readJson } from "./read_json.ts";
import { records } from "./records.ts";

/**
 * JSON: an array of articles, one article, or articles one after the other (NDJSON included).
 * An array that stops before its end is a rejection of its own, at the line of its last article.
 */
export const parseJson: Parser = async function* (body, charset = null) {
  const values = jsonValues();
  let lastLine = 1;
  for await (const record of records(body, charset, values.scan)) {
    const { line } = record;
    const isBetween = "text" in record && /^[\s,[\]]*$/.test(record.text);
    if (isBetween) continue;
    lastLine = line;
    if ("error" in record) yield { kind: "rejected", line, error: record.error };
    else yield { line, ...readJson(record.text) };
  }
  if (values.isOpen()) {
    yield { kind: "rejected", line: lastLine, error: "the JSON array is not closed" };
  }
};
