import type { Parser } from "./parsed.ts";
import { readJson } from "./read_json.ts";
import { endOfLine, records } from "./records.ts";

/** NDJSON (JSON Lines): an article a line. Blank lines are passed over. */
export const parseNdjson: Parser = async function* (body, charset = null) {
  for await (const record of records(body, charset, endOfLine)) {
    const { line } = record;
    if ("error" in record) yield { kind: "rejected", line, error: record.error };
    else if (/\S/.test(record.text)) yield { line, ...readJson(record.text) };
  }
};
