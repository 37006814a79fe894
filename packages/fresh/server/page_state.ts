import type { ComponentChild, ComponentChildren } from "preact";
import type { Island, Snapshot } from "./snapshot.ts";

/** The data collected while one page is rendered. */
export interface PageState {
  readonly snapshot: Snapshot;
  readonly development: boolean;
  readonly url: URL;
  /** The base path of the application, without a trailing slash. */
  readonly basePath: string;
  readonly nonce: string;
  /** The error that the page reports, or null. */
  readonly error: unknown;
  /** Elements for the document's head, by the identity of those that they replace. */
  readonly head: Map<string, ComponentChild>;
  /** Which of `html`, `head` and `body` have been rendered. */
  readonly seen: Set<string>;
  /** The islands on the page, by name. */
  readonly islands: Map<string, Island>;
  /** The props of every island on the page, in order. */
  readonly props: Record<string, unknown>[];
  /** Elements passed to islands; `shown` is whether the island rendered them. */
  readonly slots: { content: ComponentChildren; shown: boolean }[];
  /** Whether the part of the page rendered so far needs scripts in the browser. */
  readonly needsScripts: boolean;
}

/** Returns the state of an empty page. */
export function newPageState(
  about: Pick<PageState, "snapshot" | "development" | "url" | "basePath" | "nonce" | "error">,
): PageState {
  const islands = new Map<string, Island>();
  return {
    ...about,
    head: new Map(),
    seen: new Set(),
    islands,
    props: [],
    slots: [],
    get needsScripts() {
      if (about.snapshot.client.chunk === "") return false;
      return islands.size > 0 || about.development;
    },
  };
}

let current: PageState | null = null;

/** Returns the page that is being rendered, or null. Rendering is synchronous: there is at most one. */
export function currentPage(): PageState | null {
  return current;
}

/** Runs `render` with `page` as the current one. */
export function withPageState<Result>(page: PageState, render: () => Result): Result {
  const outer = current;
  current = page;
  try {
    return render();
  } finally {
    current = outer;
  }
}
