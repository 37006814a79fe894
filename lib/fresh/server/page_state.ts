import type { ComponentChild, ComponentChildren } from "preact";
import type { Island, Snapshot } from "./snapshot.ts";

/** What is gathered while one page is rendered. */
export interface PageState {
  readonly snapshot: Snapshot;
  readonly development: boolean;
  readonly pathname: string;
  readonly nonce: string;
  /** What the page wants in the document's head, by what it replaces there. */
  readonly head: Map<string, ComponentChild>;
  /** Which of `html`, `head` and `body` were rendered. */
  readonly seen: Set<string>;
  /** The islands on the page, by name. */
  readonly islands: Map<string, Island>;
  /** The props of every island on the page, in order. */
  readonly props: Record<string, unknown>[];
  /** Elements given to islands; `shown` tells whether the island rendered them. */
  readonly slots: { content: ComponentChildren; shown: boolean }[];
}

/** A page of which nothing was rendered. */
export function newPageState(
  snapshot: Snapshot,
  about: Pick<PageState, "development" | "pathname" | "nonce">,
): PageState {
  return {
    ...about,
    snapshot,
    head: new Map(),
    seen: new Set(),
    islands: new Map(),
    props: [],
    slots: [],
  };
}

let current: PageState | null = null;

/** The page that is being rendered, or null. Rendering is synchronous, so there is one at most. */
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
