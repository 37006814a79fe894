/** The state of an article. */
export const ARTICLE_STATES = ["pending", "retry", "dead", "processed", "discarded"] as const;
export type ArticleState = typeof ARTICLE_STATES[number];

/** An event of an article. `failed`: tries are left; `exhausted`: the last one failed. */
export type ArticleEvent =
  | "processed"
  | "failed"
  | "exhausted"
  | "retried"
  | "edited"
  | "reprocessed"
  | "cleared"
  | "undone";

interface Transition {
  from: readonly ArticleState[];
  events: readonly ArticleEvent[];
  to: ArticleState;
}

/**
 * The complete state machine. docs/architecture.md has the same table, and a test checks every event in
 * every state on both databases against it.
 */
export const TRANSITIONS: readonly Transition[] = [
  { from: ["pending", "retry"], events: ["processed"], to: "processed" },
  { from: ["pending", "retry"], events: ["failed"], to: "retry" },
  { from: ["pending", "retry"], events: ["exhausted"], to: "dead" },
  { from: ["retry", "dead"], events: ["retried"], to: "pending" },
  {
    from: ["retry", "dead", "discarded", "processed"],
    events: ["edited", "reprocessed"],
    to: "pending",
  },
  { from: ["pending"], events: ["edited"], to: "pending" },
  { from: ["dead"], events: ["cleared"], to: "discarded" },
  { from: ["discarded"], events: ["undone"], to: "dead" },
];

/** Returns the state after `event`, or null if the event does not apply to an article in `state`. */
export function nextState(state: ArticleState, event: ArticleEvent): ArticleState | null {
  const found = TRANSITIONS.find(({ from, events }) =>
    from.includes(state) && events.includes(event)
  );
  return found?.to ?? null;
}

/** Returns the states to which `event` applies. */
export function statesBefore(event: ArticleEvent): ArticleState[] {
  return TRANSITIONS.filter(({ events }) => events.includes(event)).flatMap(({ from }) => from);
}
