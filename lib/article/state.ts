/** Where an article is in its life. */
export const ARTICLE_STATES = ["pending", "retry", "dead", "processed", "discarded"] as const;
export type ArticleState = typeof ARTICLE_STATES[number];

/** What may happen to an article. `failed` has tries left, `exhausted` has not. */
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

/** The state machine, whole; docs/architecture.md draws the same table. */
export const TRANSITIONS: readonly Transition[] = [
  { from: ["pending", "retry"], events: ["processed"], to: "processed" },
  { from: ["pending", "retry"], events: ["failed"], to: "retry" },
  { from: ["pending", "retry"], events: ["exhausted"], to: "dead" },
  {
    from: ["retry", "dead", "discarded", "processed"],
    events: ["retried", "edited", "reprocessed"],
    to: "pending",
  },
  { from: ["dead"], events: ["cleared"], to: "discarded" },
  { from: ["discarded"], events: ["undone"], to: "dead" },
];

/** The state after `event`, or null when the event does not concern an article in `state`. */
export function nextState(state: ArticleState, event: ArticleEvent): ArticleState | null {
  const found = TRANSITIONS.find(({ from, events }) =>
    from.includes(state) && events.includes(event)
  );
  return found?.to ?? null;
}

/** The states that an article may be in when `event` happens to it. */
export function statesBefore(event: ArticleEvent): ArticleState[] {
  return TRANSITIONS.filter(({ events }) => events.includes(event)).flatMap(({ from }) => from);
}
