import { type ReadonlySignal, signal } from "@preact/signals";
import * as v from "valibot";
import { callApi, type Failure } from "./api.ts";

/** What an operator can do to the stream as a whole. */
export const ACTIONS = ["start", "stop", "retry", "clear", "sample"] as const;
export type ActionName = typeof ACTIONS[number];

/** What came of an action: how many articles it concerned, where it concerned any. */
export type ActionResult =
  | { kind: "done"; action: ActionName; count: number | null }
  | { kind: "failed"; action: ActionName; failure: Failure };

/** The actions of a page: one at a time, with what came of the last. */
export interface Actions {
  readonly busy: ReadonlySignal<ActionName | null>;
  readonly result: ReadonlySignal<ActionResult | null>;
  /** Does it, unless another one is under way. */
  run(action: ActionName): Promise<void>;
  /** Forgets the last result. */
  dismiss(): void;
}

/** Where an action is asked for. */
const REQUESTS: Record<ActionName, { path: string; method: "POST" | "DELETE" }> = {
  start: { path: "/api/processor/start", method: "POST" },
  stop: { path: "/api/processor/stop", method: "POST" },
  retry: { path: "/api/processor/retry-all", method: "POST" },
  clear: { path: "/api/processor/dead-queue", method: "DELETE" },
  sample: { path: "/api/articles/sample", method: "POST" },
};

/** How the answers tell how many articles an action concerned, where it concerned any. */
const concerned = v.object({ count: v.optional(v.number()), accepted: v.optional(v.number()) });

export function isAction(value: unknown): value is ActionName {
  return ACTIONS.some((action) => action === value);
}

let shared: Actions | null = null;

/**
 * The actions of this page: in a browser the same for all islands.
 *
 * @param first What came of an action before the page was made, if there was one; it is taken from the
 * island that comes first.
 */
export function pageActions(first: ActionResult | null): Actions {
  if (typeof document === "undefined") return createActions(first);
  return shared ??= createActions(first);
}

function createActions(first: ActionResult | null): Actions {
  const busy = signal<ActionName | null>(null);
  const result = signal(first);

  return {
    busy,
    result,
    async run(action) {
      if (busy.peek() !== null) return;
      busy.value = action;
      const { path, method } = REQUESTS[action];
      const answer = await callApi(path, concerned, { method });
      result.value = answer.kind === "done"
        ? { kind: "done", action, count: answer.data.count ?? answer.data.accepted ?? null }
        : { ...answer, action };
      busy.value = null;
    },
    dismiss() {
      result.value = null;
    },
  };
}
