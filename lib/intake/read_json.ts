import { readArticle, type Reading } from "./incoming_article.ts";

/** Reads one article from the text of a JSON object. */
export function readJson(text: string): Reading {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    // The reason quotes the text, line breaks and all.
    return { kind: "rejected", error: `the record is not JSON: ${reason.replace(/\s+/g, " ")}` };
  }
  return readArticle(value);
}
