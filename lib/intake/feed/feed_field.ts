import type { ContentKind } from "../../article/article_fields.ts";

/** An element of an item while it is parsed, with its type attributes. */
export interface FeedField {
  name: string;
  attributes: Record<string, string>;
  text: string;
  /** Whether it contains elements, which are in `text` as markup. */
  hasElements: boolean;
}

/** RFC 4287 has these in base64; other types may be mislabeled text. */
const BINARY = /^(?:image|audio|video)\/|^application\/(?:octet-stream|pdf|zip)/;
const TEXTUAL = /^(?:text|html|xhtml|plain)$|^text\/|\bxml$/;

/** C1 controls, such as `&#146;`, which stand for characters of Windows-1252. */
const WINDOWS_CHARACTER = /[\x80-\x9f]/g;
const WINDOWS = new TextDecoder("windows-1252");

/** Returns the text of a field, decoded from base64 or from an escaped CDATA section. */
export function fieldText(field: FeedField): string {
  const plain = (isBase64(field) ? fromBase64(field) : field.text)
    .replace(WINDOWS_CHARACTER, (char) => WINDOWS.decode(Uint8Array.of(char.charCodeAt(0))));
  return /^\s*<!\[CDATA\[([\s\S]*)\]\]>\s*$/.exec(plain)?.[1] ?? plain;
}

/** Returns the content type of a field by its type attribute, or null. */
export function fieldKind({ name, attributes, hasElements }: FeedField): ContentKind | null {
  const type = typeOf(attributes);
  if (hasElements || name === "content:encoded" || isXhtml({ attributes })) return "html";
  if (type === "html" || type === "text/html") return "html";
  if (type === "text" || type === "text/plain" || type === "plain") return "text";
  return name === "abstract" ? "text" : null;
}

/** Whether the text in a field's elements belongs to markup, where `<` has to be escaped. */
export function isXhtml({ attributes }: { attributes: Record<string, string> }): boolean {
  return ["xhtml", "application/xhtml+xml"].includes(typeOf(attributes));
}

function isBase64({ attributes, hasElements }: FeedField): boolean {
  if (hasElements) return false;
  const type = typeOf(attributes);
  return attributes.mode === "base64" || (type.includes("/") && !TEXTUAL.test(type));
}

/** Returns the decoded text; the text itself if it is not base64, and "" for images, audio and video. */
function fromBase64({ attributes, text }: FeedField): string {
  try {
    const bytes = Uint8Array.from(atob(text.replace(/\s+/g, "")), (char) => char.charCodeAt(0));
    const decoded = new TextDecoder("utf-8", { fatal: true }).decode(bytes);
    if (!decoded.includes("\0")) return decoded;
  } catch {
    // Not base64, or not text.
  }
  return BINARY.test(typeOf(attributes)) ? "" : text;
}

function typeOf(attributes: Record<string, string>): string {
  return attributes.type?.trim().toLowerCase() ?? "";
}
