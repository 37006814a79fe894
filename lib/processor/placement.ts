import type { ArticleState } from "../article/state_machine.ts";
import type { Placement } from "../queue/queue.ts";

/** The state of an id in Postgres, as far as the queue needs it. */
export interface Place {
  id: number;
  state: ArticleState;
  tries: number;
  /** Milliseconds until a retry is due on the database's clock; null in other states. */
  dueInMs: number | null;
  /** When the state was entered, ms since the epoch on the database's clock, or null. */
  changedAt: number | null;
}

export function emptyPlacement(): Placement {
  return { pending: [], retry: [], dead: [], gone: [] };
}

/** Adds an id to the part of the placement for its state. */
export function addPlacement(
  placement: Placement,
  { id, state, tries, dueInMs, changedAt }: Place,
) {
  switch (state) {
    case "pending":
      placement.pending.push(id);
      return;
    case "retry":
      placement.retry.push({ id, dueInMs: dueInMs ?? 0, tries });
      return;
    case "dead":
      placement.dead.push({ id, diedAt: changedAt ?? 0 });
      return;
    case "processed":
    case "discarded":
      placement.gone.push(id);
      return;
  }
}
