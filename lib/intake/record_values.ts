import {
  CONTENT_KINDS,
  type ContentKind,
  type FieldType,
  type FieldValue,
  type Json,
} from "../article/article_fields.ts";
import { readPublished } from "./published.ts";

const MAX_TAGS = 200;
/** The number of names or tags that are read of a list, of which some may be repeated. */
const MAX_LISTED = 1_000;
/** The maximum length of an address, as of a request's, in UTF-16 code units. */
const MAX_ADDRESS = 8_192;
/** The maximum depth of texts in nested lists and objects. */
const MAX_DEPTH = 4;

/** Names of the text in an object that only wraps it, or of a value in extended JSON. */
const WRAPPED = [
  ...["value", "text", "#text", "_", "$t", "__text", "__cdata", "_cdata", "#cdata-section"],
  ...["html", "content", "body", "$date", "$oid", "$numberLong", "$numberInt"],
];
/** Names of the parts of a text in the formats of editors: ProseMirror, Slate, Quill, Editor.js, Draft.js, Lexical, Ricos. */
const PARTS = [
  "blocks",
  "paragraphs",
  "children",
  "content",
  "ops",
  "root",
  "bodyModel",
  "data",
  "items",
  "nodes",
  "components",
  "contents",
];
/** Those whose texts may be parts of one line. */
const INLINE: ReadonlySet<string> = new Set(["children", "content", "ops", "nodes"]);
/** The maximum depth of these. */
const MAX_PARTS_DEPTH = 12;
/** Names of the name of a person or a tag. */
const NAMES = ["name", "display_name", "nickname", "username", "term", "label", "title"];

/** Unwraps objects that only contain a text, such as those of WordPress's REST API. */
export function unwrapped(value: Json): { inner: Json; kind: ContentKind | null } {
  let inner = value;
  for (let depth = 0; depth < MAX_DEPTH && isRecord(inner); depth++) {
    const { rendered }: Record<string, Json> = inner;
    if (typeof rendered === "string") return { inner: rendered, kind: "html" };
    const name = WRAPPED.find((each) => isRecord(inner) && (inner[each] ?? null) !== null);
    if (name === undefined) break;
    inner = inner[name]!;
  }
  return { inner, kind: null };
}

/** Whether a value is a JSON object. */
export function isRecord(value: unknown): value is Record<string, Json> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/**
 * Reads a text; a list of texts is joined by line breaks. If a list has both texts and objects, these are parts
 * of a line, such as the links in Telegram's exports.
 */
export function textOf(value: Json, depth = 0): string | undefined {
  if (typeof value === "string") return value;
  if (typeof value === "number" || typeof value === "boolean") return String(value);
  if (depth === MAX_DEPTH) return undefined;
  if (isRecord(value)) {
    const { inner } = unwrapped(value);
    return inner === value ? undefined : textOf(inner, depth + 1);
  }
  if (!Array.isArray(value) || value.length === 0) return undefined;
  const parts = value.map((part) => textOf(part, depth + 1));
  const isInline = value.some(isRecord) && value.some(isInlinePart);
  return parts.every((part) => part !== undefined) ? parts.join(isInline ? "" : "\n") : undefined;
}

function isInlinePart(part: Json): boolean {
  return typeof part === "string" || isRecord(part) && part.type === "text";
}

/** Reads a text in an editor's format: its blocks become lines. Returns undefined if there is no text in it. */
export function editorTextOf(value: Json, depth = 0): string | undefined {
  if (depth === MAX_PARTS_DEPTH) return undefined;
  if (Array.isArray(value)) {
    const parts = value.map((part) => editorTextOf(part, depth + 1));
    return joinPresent(parts, "\n");
  }
  if (typeof value === "string") return depth > 0 ? value : undefined;
  if (!isRecord(value)) return undefined;
  const text = inlineText(value);
  const name = PARTS.find((each) => typeof value[each] === "object" && value[each] !== null);
  if (text !== undefined || name === undefined) return text;
  const inner = value[name]!;
  // A link beside texts is a part of their line.
  const isInline = INLINE.has(name) && Array.isArray(inner) &&
    inner.some((part) => inlineText(part) !== undefined);
  if (!isInline) return editorTextOf(inner, depth + 1);
  return joinPresent(inner.map((part) => inlineText(part) ?? editorTextOf(part, depth + 1)), "");
}

/** Returns the text of a node of text; "" for an image among them. */
function inlineText(part: Json): string | undefined {
  if (!isRecord(part)) return undefined;
  const { textData, nodeType } = part;
  const ofNode = isRecord(textData) ? textData.text : nodeType === "text" ? part.value : undefined;
  const text = part.text ?? part.insert ?? ofNode ?? part.html;
  return isRecord(text) ? "" : typeof text === "string" ? text : undefined;
}

function joinPresent(
  parts: readonly (string | undefined)[],
  separator: string,
): string | undefined {
  const texts = parts.filter((part) => part !== undefined);
  return texts.length > 0 ? texts.join(separator) : undefined;
}

/** Reads a name or an id. An integer that JSON's numbers cannot tell from its neighbors is none. */
export function nameOf(value: Json): string | undefined {
  const isId = typeof value === "number" &&
    (Number.isSafeInteger(value) || !Number.isInteger(value));
  const text = isId ? String(value) : value;
  return typeof text === "string" && text.trim() !== "" ? text.trim() : undefined;
}

function namesOf(value: Json): string[] | undefined {
  const names = (Array.isArray(value) ? value.slice(0, MAX_LISTED) : [value]).map((one) =>
    isRecord(one)
      ? NAMES.map((name) => nameOf(one[name] ?? null)).find((name) => name !== undefined)
      : nameOf(one)
  ).filter((name) => name !== undefined);
  return names.length > 0 ? names : undefined;
}

function tagsOf(value: Json): string[] | undefined {
  const tags = typeof value === "string"
    ? value.split(/[,;，、；|]/, MAX_LISTED).map((tag) => tag.trim()).filter((tag) => tag !== "")
    : namesOf(value) ?? [];
  return tags.length > 0 ? [...new Set(tags)].slice(0, MAX_TAGS) : undefined;
}

function publishedOf(value: Json): string | undefined {
  if (typeof value !== "string" && typeof value !== "number") return undefined;
  return readPublished(value) ?? undefined;
}

/** Reads a URL; resolves a relative one if there is a base. */
export function addressOf(value: Json, base?: string | null): string | undefined {
  if (typeof value !== "string" || value.length > MAX_ADDRESS || value.trim() === "") {
    return undefined;
  }
  const url = URL.parse(value.trim(), base ?? undefined);
  return url !== null && /^https?:$/.test(url.protocol) ? url.href : undefined;
}

function kindOf(value: Json): ContentKind | undefined {
  return CONTENT_KINDS.find((kind) => kind === value);
}

/** Reads a field of each type from a record's value; undefined if the value is of another type. */
export const FIELD_READERS: {
  readonly [Type in FieldType]: (
    value: Json,
    base?: string | null,
  ) => FieldValue<Type> | undefined;
} = {
  text: nameOf,
  address: addressOf,
  names: (value) => namesOf(value)?.join(", "),
  time: publishedOf,
  list: tagsOf,
  object: (value) => isRecord(value) ? value : undefined,
  kind: kindOf,
};

export function wholeNumber(value: Json): number | undefined {
  if (value === "") return undefined;
  if (typeof value === "number") return value;
  return typeof value === "string" && /^\s*\d+\s*$/.test(value) ? Number(value) : NaN;
}
