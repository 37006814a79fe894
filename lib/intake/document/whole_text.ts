import { MAX_RECORD, TOO_LONG } from "../parsed.ts";

/** The text of a document that is one article, or why it is rejected. */
export type WholeText = { text: string; notes: string[] } | { error: string };

/** The rejection of a document that exceeds the limits of a `DocumentReader`. */
export const TOO_HARD = "the document takes too long to read, or is nested too deep";

/** The share of invalid bytes above which a document is not text. */
const MOST_BAD = 0.05;

/**
 * Reads `body` to its end, without buffering it if too long. Invalid bytes become U+FFFD, with a note.
 */
export async function wholeText(body: AsyncIterable<Uint8Array>): Promise<WholeText> {
  const decoder = new TextDecoder();
  let text = "";
  let length = 0;
  for await (const chunk of body) {
    length += chunk.length;
    if (length <= MAX_RECORD) text += decoder.decode(chunk, { stream: true });
    else text = "";
  }
  if (length > MAX_RECORD) return { error: TOO_LONG };
  text += decoder.decode();
  if (!/\S/.test(text)) return { error: "the document is empty" };
  const bad = text.split("\uFFFD").length - 1;
  if (bad > MOST_BAD * text.length) return { error: "the document is not text in a known charset" };
  return { text, notes: bad === 0 ? [] : [charactersLost(bad)] };
}

function charactersLost(count: number): string {
  return count === 1 ? "1 character could not be read" : `${count} characters could not be read`;
}
