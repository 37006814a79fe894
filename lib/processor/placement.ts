import type { ArticleState } from "../article/state.ts";
import type { Placement } from "../queue/queue.ts";

/** What Postgres says of an id, as far as the queue must know. */
export interface Place {
  id: number;
  state: ArticleState;
  tries: number;
  /** For a retry, ms since the epoch. */
  dueAt: number | null;
  /** When the state was entered, ms since the epoch; null as long as there is none. */
  changedAt: number | null;
}

export function emptyPlacement(): Placement {
  return { pending: [], retry: [], dead: [], gone: [] };
}

/** Adds an id to the part of the placement where its state belongs. */
export function addPlacement(placement: Placement, { id, state, tries, dueAt, changedAt }: Place) {
  switch (state) {
    case "pending":
      placement.pending.push(id);
      return;
    case "retry":
      placement.retry.push({ id, dueAt: dueAt ?? Date.now(), tries });
      return;
    case "dead":
      placement.dead.push({ id, diedAt: changedAt ?? Date.now() });
      return;
    case "processed":
    case "discarded":
      placement.gone.push(id);
      return;
  }
}
