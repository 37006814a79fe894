import { readArticle, type Reading } from "./incoming_article.ts";
import { BAD_BYTES } from "./feed_text.ts";
import { NOT_UTF8 } from "./parsed.ts";

const CONTENT = ["content:encoded", "content", "description", "summary"];
const SOURCE = ["guid", "id", "link"];
const KNOWN = new Set(["title", ...CONTENT, ...SOURCE]);

/** An `<item>` or `<entry>` as its parts come in. Names and text are the XML parser's. */
export interface FeedItem {
  open(name: string, attributes: Record<string, string>): void;
  text(text: string): void;
  close(name: string): void;
  /** Reads the article, once all is in. */
  read(): Reading;
}

/** `about` is RDF's name for the item. Of an element that comes twice the first counts. */
export function feedItem(about: string | null): FeedItem {
  const fields = new Map<string, string>();
  /** The elements now open in the item; the first is the field that text belongs to. */
  const path: string[] = [];
  let isKept = false;
  let isMarkup = false;

  function add(text: string): void {
    const [field] = path;
    if (isKept && field !== undefined) fields.set(field, (fields.get(field) ?? "") + text);
  }

  return {
    open(name, attributes) {
      // Markup may stand in a field as elements; it goes back to text, attributes left out.
      if (path.length > 0) {
        add(`<${name}>`);
      } else {
        isKept = KNOWN.has(name) && !fields.has(name);
        isMarkup = attributes.type === "xhtml";
        if (name === "link" && isKept && isAlternate(attributes)) {
          fields.set(name, attributes.href ?? "");
        }
      }
      path.push(name);
    },
    text(text) {
      add(isMarkup ? text.replaceAll("&", "&amp;").replaceAll("<", "&lt;") : text);
    },
    close(name) {
      path.pop();
      if (path.length > 0) add(`</${name}>`);
    },
    read() {
      const title = fields.get("title")?.replace(/\s+/g, " ").trim();
      const content = firstOf(fields, CONTENT) ?? "";
      const source = firstOf(fields, SOURCE) ?? about;
      if ([title, content, source].some((text) => text?.includes(BAD_BYTES))) {
        return { kind: "rejected", error: NOT_UTF8 };
      }
      return readArticle({ title, content, source });
    },
  };
}

/** Atom's links are attributes, RSS's are text; other relations lead to something else. */
function isAlternate({ href, rel = "alternate" }: Record<string, string>): boolean {
  return href !== undefined && rel === "alternate";
}

function firstOf(fields: Map<string, string>, names: string[]): string | undefined {
  return names.map((name) => fields.get(name)?.trim()).find((text) => text);
}
