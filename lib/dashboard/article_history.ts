import type { ArticleState } from "../article/state.ts";

/** A try of an article that failed. */
export interface Attempt {
  try: number;
  /** Milliseconds since the epoch. */
  at: number;
  node: string;
  reason: string;
  error: string;
  stack: string | null;
}

/** Something that happened to an article. */
export type Happening =
  | { kind: "takenIn"; at: number }
  | { kind: "processed"; at: number; paragraphs: number }
  | { kind: "failed"; at: number; attempt: Attempt }
  | { kind: "waiting"; at: number }
  | { kind: "discarded"; at: number };

/** What is known of an article's life. Times are ms since the epoch. */
export interface ArticleLife {
  state: ArticleState;
  createdAt: number;
  changedAt: number | null;
  processedAt: number | null;
  paragraphs: number | null;
  attempts: readonly Attempt[];
}

/** An article's life, newest first. Of several times that it was processed the last one is known. */
export function happenings(life: ArticleLife): Happening[] {
  const { state, createdAt, changedAt, processedAt, paragraphs, attempts } = life;
  const all: Happening[] = [
    { kind: "takenIn", at: createdAt },
    ...attempts.map((attempt) => ({ kind: "failed", at: attempt.at, attempt }) as const),
  ];
  if (processedAt !== null) {
    all.push({ kind: "processed", at: processedAt, paragraphs: paragraphs ?? 0 });
  }
  if (changedAt !== null && state === "pending") all.push({ kind: "waiting", at: changedAt });
  if (changedAt !== null && state === "discarded") all.push({ kind: "discarded", at: changedAt });
  // What happened later is later in the list also within one millisecond.
  return all.sort((a, b) => a.at - b.at).reverse();
}
