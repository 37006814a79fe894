import { Marked, type TokenizerAndRendererExtension } from "marked";

const NOTE_START = /^\[\^([^\]\n]+)\]:/gm;
/** A note with its text up to a blank line or the next note. */
const NOTE = /^\[\^[^\]\n]+\]:[ \t]*([^\n]*(?:\n(?!\[\^|[ \t]*(?:\n|$))[^\n]+)*)(?:\n|$)/;
const REFERENCE = /^\[\^([^\]\n]+)\]/;

/**
 * Renders Markdown as HTML. The time grows with the square of the length for some texts, so untrusted ones need a
 * time limit. Throws if elements are nested too deep.
 */
export function renderMarkdown(text: string): string {
  const names = new Set(Array.from(text.matchAll(NOTE_START), ([, name = ""]) => name));
  const extensions = names.size > 0 ? [noteText, noteReference(names)] : [];
  return new Marked({ extensions }).parse(text, { async: false });
}

/** A footnote's text, which is a paragraph where it is written. */
const noteText: TokenizerAndRendererExtension = {
  name: "noteText",
  level: "block",
  start: (text) => text.search(new RegExp(NOTE_START, "m")),
  tokenizer(text) {
    const [raw, note] = NOTE.exec(text) ?? [];
    if (raw === undefined || note === undefined) return undefined;
    return { type: "noteText", raw, tokens: this.lexer.blockTokens(note) };
  },
  renderer: function ({ tokens = [] }) {
    return this.parser.parse(tokens);
  },
};

/** A reference to one of the footnotes, which is no text. */
function noteReference(names: ReadonlySet<string>): TokenizerAndRendererExtension {
  return {
    name: "noteReference",
    level: "inline",
    start: (text) => text.indexOf("[^"),
    tokenizer(text) {
      const [raw, name] = REFERENCE.exec(text) ?? [];
      if (raw === undefined || !names.has(name!)) return undefined;
      return { type: "noteReference", raw };
    },
    renderer: () => "",
  };
}
