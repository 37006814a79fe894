import { Tokenizer } from "htmlparser2";
import { decodeEntities } from "./entities.ts";

/** An element's decoded attributes by lowercase name. */
export type Attributes = ReadonlyMap<string, string>;

/** Callbacks in document order; tags need not match. Names are in lower case. */
export interface TagVisitor {
  /** `isClosed`: the tag ends with `/>`. */
  open(name: string, attributes: Attributes, isClosed: boolean): void;
  close(name: string): void;
  /** Called with raw text, not decoded. */
  text(raw: string): void;
}

export const NO_ATTRIBUTES: Attributes = new Map();

/** Divides HTML into tags and texts. Comments, declarations and CDATA sections are skipped. */
export function tokenizeHtml(html: string, visitor: TagVisitor): void {
  let name = "";
  let attributes: Map<string, string> | null = null;
  let attribute = "";

  function setAttribute(value: string) {
    attributes ??= new Map();
    if (!attributes.has(attribute)) attributes.set(attribute, value);
  }

  function open(isClosed: boolean) {
    const seen = attributes ?? NO_ATTRIBUTES;
    attributes = null;
    visitor.open(name, seen, isClosed);
  }

  const tokenizer = new Tokenizer({ decodeEntities: false, recognizeSelfClosing: true }, {
    onopentagname(start, end) {
      name = html.slice(start, end).toLowerCase();
    },
    onattribname(start, end) {
      attribute = html.slice(start, end).toLowerCase();
    },
    onattribdata(start, end) {
      setAttribute(decodeEntities(html.slice(start, end)));
    },
    onattribend() {
      setAttribute("");
    },
    onopentagend: () => open(false),
    onselfclosingtag: () => open(true),
    onclosetag: (start, end) => visitor.close(html.slice(start, end).toLowerCase()),
    ontext: (start, end) => visitor.text(html.slice(start, end)),
    ontextentity() {},
    onattribentity() {},
    oncdata() {},
    oncomment() {},
    ondeclaration() {},
    onprocessinginstruction() {},
    onend() {},
  });
  tokenizer.write(html);
  tokenizer.end();
}
