import { MAX_RECORD, NOT_UTF8, TOO_LONG } from "./parsed.ts";
import { utf8 } from "./utf8.ts";

/** The text of a document that is one article, or why it cannot be had. */
export type WholeText = { text: string } | { error: string };

/** Reads all of `body`, to the end even when it is too long, but then without keeping it. */
export async function wholeText(
  body: AsyncIterable<Uint8Array>,
  encoding: { charset: string | null; declaration?: RegExp },
): Promise<WholeText> {
  const parts: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of utf8(body, encoding)) {
    length += chunk.length;
    if (length <= MAX_RECORD) parts.push(chunk);
    else parts.length = 0;
  }
  if (length > MAX_RECORD) return { error: TOO_LONG };
  const bytes = new Uint8Array(length);
  let offset = 0;
  for (const part of parts) {
    bytes.set(part, offset);
    offset += part.length;
  }
  try {
    const text = new TextDecoder("utf-8", { fatal: true }).decode(bytes);
    return /\S/.test(text) ? { text } : { error: "the document is empty" };
  } catch {
    return { error: NOT_UTF8 };
  }
}
