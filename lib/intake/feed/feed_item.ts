import { BAD_BYTES as BAD_MARK } from "./feed_text.ts";
import { type FeedField, isXhtml } from "./feed_field.ts";
import type { FeedHead } from "./feed_head.ts";
import { OWN_TEXT, OWN_TITLE, readItem } from "./read_item.ts";
import { MAX_FIELDS, type Reading, TOO_MANY_FIELDS } from "../incoming_article.ts";
import { BAD_BYTES } from "../parsed.ts";

/** Elements whose children count as children of the item. */
const TRANSPARENT = new Set(["media:group", "author"]);

/** An `<item>` or `<entry>` while it is parsed. Names are resolved; text comes from the XML parser. */
export interface FeedItem {
  open(name: string, attributes: Record<string, string>): void;
  text(text: string): void;
  close(name: string): void;
  /** Returns the article at the end of the item. */
  read(head: FeedHead): Reading;
}

/** `attributes` are those of the item's element. */
export function feedItem(attributes: Record<string, string>): FeedItem {
  const fields: FeedField[] = [];
  /** The open elements of the item; the first is the field of the text. */
  const path: string[] = [];
  let field: FeedField | null = null;
  /** The text outside of fields: the content of a document in a corpus. */
  let own = "";
  let fieldDepth = 0;
  /** Whether there are more fields than a record may have. */
  let isExcessive = false;
  /** Whether the field's text is markup, not escaped markup. */
  let isMarkup = false;

  return {
    open(name, given) {
      const isChild = path.length === 1 && TRANSPARENT.has(path[0]!);
      if (path.length === 0 || isChild) {
        const full = isChild && path[0] === "author" ? `author.${name}` : name;
        if (fields.length > MAX_FIELDS) isExcessive = true;
        field = { name: full, attributes: given, text: "", hasElements: false };
        if (!isExcessive) fields.push(field);
        fieldDepth = path.length;
        isMarkup = isXhtml(field) || name.startsWith("xhtml:");
      } else if (field !== null) {
        // Markup in a field may be unescaped elements; it is serialized again.
        field.hasElements = true;
        isMarkup ||= name.startsWith("xhtml:");
        field.text += `<${localName(name)}${written(given)}>`;
      }
      path.push(name);
    },
    text(text) {
      if (field === null) {
        own += text;
        return;
      }
      field.text += isMarkup ? text.replaceAll("&", "&amp;").replaceAll("<", "&lt;") : text;
    },
    close(name) {
      path.pop();
      if (path.length > fieldDepth) {
        if (field !== null) field.text += `</${localName(name)}>`;
      } else {
        field = null;
      }
    },
    read(head) {
      if (isExcessive) return { kind: "rejected", error: TOO_MANY_FIELDS };
      if (own.includes(BAD_MARK) || fields.some(({ text }) => text.includes(BAD_MARK))) {
        return { kind: "rejected", error: BAD_BYTES };
      }
      if (attributes.title !== undefined) fields.push(textField(OWN_TITLE, attributes.title));
      if (/\S/.test(own)) fields.push(textField(OWN_TEXT, own));
      return readItem(fields, attributes, head);
    },
  };
}

function textField(name: string, text: string): FeedField {
  return { name, attributes: {}, text, hasElements: false };
}

function localName(name: string): string {
  return name.slice(name.indexOf(":") + 1);
}

function written(attributes: Record<string, string>): string {
  return Object.entries(attributes)
    .filter(([name]) => !name.startsWith("xmlns"))
    .map(([name, value]) =>
      ` ${name}="${value.replaceAll("&", "&amp;").replaceAll('"', "&quot;")}"`
    )
    .join("");
}
