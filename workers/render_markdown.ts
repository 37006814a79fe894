import { marked } from "marked";

/**
 * Renders Markdown as HTML. The time grows with the square of the length for some texts, so untrusted ones need a
 * time limit. Throws if elements are nested too deep.
 */
export function renderMarkdown(text: string): string {
  return marked.parse(text, { async: false });
}
