import type { ArticleState } from "../../article/state_machine.ts";

/** A failed try of an article. */
export interface Attempt {
  try: number;
  /** Milliseconds since the epoch. */
  at: number;
  node: string;
  reason: string;
  error: string;
  stack: string | null;
}

/** An action of a person or a program on an article after its intake. */
export interface ArticleAction {
  kind: "process_again" | "edit" | "retry" | "clear" | "undo";
  at: number;
  /** The actor's name; null if unknown. */
  by: string | null;
}

/** An event of an article. */
export type Happening =
  | { kind: "takenIn"; at: number }
  | { kind: "processed"; at: number; paragraphs: number }
  | { kind: "acted"; at: number; action: ArticleAction }
  | { kind: "failed"; at: number; attempt: Attempt }
  | { kind: "waiting"; at: number }
  | { kind: "discarded"; at: number };

/** The known times of an article, in ms since the epoch. */
export interface ArticleLife {
  state: ArticleState;
  createdAt: number;
  changedAt: number | null;
  attempts: readonly Attempt[];
  actions: readonly ArticleAction[];
  /** Each time it was processed. */
  results: readonly { at: number; paragraphs: number }[];
}

/** Returns an article's history, newest first. */
export function happenings(life: ArticleLife): Happening[] {
  const { state, createdAt, changedAt, attempts, actions, results } = life;
  const all: Happening[] = [
    { kind: "takenIn", at: createdAt },
    ...results.map((each) => ({ kind: "processed", ...each }) as const),
    ...attempts.map((attempt) => ({ kind: "failed", at: attempt.at, attempt }) as const),
    ...actions.map((action) => ({ kind: "acted", at: action.at, action }) as const),
  ];
  // The action that led to the current state says more than the state.
  const isExplained = actions.some(({ at }) => at === changedAt);
  if (changedAt !== null && !isExplained) {
    if (state === "pending") all.push({ kind: "waiting", at: changedAt });
    if (state === "discarded") all.push({ kind: "discarded", at: changedAt });
  }
  // Keeps the order of events within one millisecond.
  return all.sort((a, b) => a.at - b.at).reverse();
}
