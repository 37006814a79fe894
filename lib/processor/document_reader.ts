import type { ExplainTask } from "../../workers/explain_protocol.ts";
import { type MatterNotation, parseFrontMatter } from "../../workers/parse_front_matter.ts";
import { renderMarkdown } from "../../workers/render_markdown.ts";
import { type PageMetadata, readMetadata } from "../article/page/metadata.ts";
import { createExplainer } from "./explainer.ts";
import { createSemaphore } from "./semaphore.ts";

/** Reads the documents of imports whose parsers have no bound on their time. */
export interface DocumentReader {
  /** Renders Markdown as HTML; returns null for a text that exceeds the limits. */
  renderMarkdown(text: string): Promise<string | null>;
  /** Parses front matter; returns null if it is invalid or exceeds the limits. */
  parseFrontMatter(notation: MatterNotation, matter: string): Promise<unknown>;
  /** Returns a page's metadata; null for a page that exceeds the limits. */
  readMetadata(page: string): Promise<PageMetadata | null>;
}

/** Reads on the event loop, limited only by the stack: for programs that do not serve requests. */
export const unlimitedReader: DocumentReader = {
  renderMarkdown: (text) => tried(() => renderMarkdown(text)),
  parseFrontMatter: (notation, matter) => tried(() => parseFrontMatter(notation, matter)),
  readMetadata: (page) => tried(() => readMetadata(page)),
};

function tried<Result>(read: () => Result): Promise<Result | null> {
  return Promise.resolve().then(read).catch(() => null);
}

/** In characters: shorter ones are read on the event loop, within milliseconds. */
const SHORT_MATTER = 2_000;
const SHORT_PAGE = 32_000;

/**
 * Returns a reader that works in a dedicated thread, with limits of time and memory, on what may take long. Documents
 * wait for each other; there is at most one per import.
 */
export function createDocumentReader(): DocumentReader & AsyncDisposable {
  const thread = createExplainer();
  const places = createSemaphore(1);
  const run = <Task extends ExplainTask>(task: Task) =>
    places.use(() => thread.run(task)).catch(() => null);
  return {
    renderMarkdown: (text) => run({ kind: "markdown", text }),
    parseFrontMatter: (notation, matter) =>
      matter.length <= SHORT_MATTER
        ? unlimitedReader.parseFrontMatter(notation, matter)
        : run({ kind: "frontMatter", notation, matter }),
    readMetadata: (page) =>
      page.length <= SHORT_PAGE
        ? unlimitedReader.readMetadata(page)
        : run({ kind: "metadata", page }),
    [Symbol.asyncDispose]: () => thread[Symbol.asyncDispose](),
  };
}
