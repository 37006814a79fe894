import { renderMarkdown } from "../../workers/render_markdown.ts";
import { createExplainer } from "./explainer.ts";
import { createSemaphore } from "./semaphore.ts";

/** Reads the documents of imports whose parsers have no bound on their time. */
export interface DocumentReader {
  /** Renders Markdown as HTML; returns null for a text that exceeds the limits. */
  renderMarkdown(text: string): Promise<string | null>;
}

/** Reads on the event loop, limited only by the stack: for programs that do not serve requests. */
export const unlimitedReader: DocumentReader = {
  renderMarkdown: (text) => Promise.resolve().then(() => renderMarkdown(text)).catch(() => null),
};

/**
 * Returns a reader that works in a dedicated thread, with limits of time and memory. Documents wait for each
 * other; there is at most one per import.
 */
export function createDocumentReader(): DocumentReader & AsyncDisposable {
  const thread = createExplainer();
  const places = createSemaphore(1);
  return {
    renderMarkdown: (text) =>
      places.use(() => thread.run({ kind: "markdown", text })).catch(() => null),
    [Symbol.asyncDispose]: () => thread[Symbol.asyncDispose](),
  };
}
