import { readArticle, type Reading } from "./incoming_article.ts";

/** Reads one article from the text of a JSON object. */
export function readJson(text: string): Reading {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return { kind: "rejected", error: `the record is not JSON: ${tidied(reason)}` };
  }
  return readArticle(value);
}

/** The engine's message quotes the text, line breaks and all, and counts lines from the record. */
function tidied(reason: string): string {
  return reason.replace(/\s+/g, " ").replace(/ \(line \d+ column \d+\)/, "");
}
