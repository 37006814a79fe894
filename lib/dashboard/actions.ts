import { type ReadonlySignal, signal } from "@preact/signals";
import * as z from "zod/mini";
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

/** Where an action is asked for, and how its answer tells what it concerned. */
const REQUESTS: Record<ActionName, {
  path: string;
  method: "POST" | "DELETE";
  count: z.ZodMiniType<number | null>;
}> = {
  start: { path: "/api/processor/start", method: "POST", count: nothing() },
  stop: { path: "/api/processor/stop", method: "POST", count: nothing() },
  retry: { path: "/api/processor/retry-all", method: "POST", count: counted("count") },
  clear: { path: "/api/processor/dead-queue", method: "DELETE", count: counted("count") },
  sample: { path: "/api/articles/sample", method: "POST", count: counted("accepted") },
};

function nothing() {
  return z.pipe(z.unknown(), z.transform(() => null));
}

function counted<Name extends string>(name: Name) {
  return z.pipe(z.looseObject({ [name]: z.number() }), z.transform((found) => found[name]!));
}

export function isAction(value: unknown): value is ActionName {
  return ACTIONS.some((action) => action === value);
}

/** @param first What came of an action before the page was made, if there was one. */
export function createActions(first: ActionResult | null): Actions {
  const busy = signal<ActionName | null>(null);
  const result = signal(first);

  return {
    busy,
    result,
    async run(action) {
      if (busy.peek() !== null) return;
      busy.value = action;
      const { path, method, count } = REQUESTS[action];
      const answer = await callApi(path, count, { method });
      result.value = answer.kind === "done"
        ? { kind: "done", action, count: answer.data }
        : { ...answer, action };
      busy.value = null;
    },
    dismiss() {
      result.value = null;
    },
  };
}
