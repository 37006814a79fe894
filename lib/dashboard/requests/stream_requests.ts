import * as z from "zod/mini";
import { createRequests, type RequestResult, type Requests } from "./requests.ts";

/** The actions on the stream as a whole; `undo` reverts the last clearing. */
export const STREAM_ACTIONS = ["start", "stop", "retry", "clear", "sample", "undo"] as const;
export type StreamAction = typeof STREAM_ACTIONS[number];
/** The actions that do not depend on a previous result. */
export type FirstAction = Exclude<StreamAction, "undo">;

export type StreamResult = RequestResult<StreamAction>;

export interface StreamRequests extends Requests<StreamAction> {
  perform(action: FirstAction): Promise<void>;
  /** Undoes an operation, such as a clearing. */
  undo(operation: string): Promise<void>;
}

const ENDPOINTS: Record<FirstAction, { path: string; method: "POST" | "DELETE" }> = {
  start: { path: "/api/processor/start", method: "POST" },
  stop: { path: "/api/processor/stop", method: "POST" },
  retry: { path: "/api/processor/retry-all", method: "POST" },
  clear: { path: "/api/processor/dead-queue", method: "DELETE" },
  sample: { path: "/api/articles/sample", method: "POST" },
};

/** The response's number of affected articles, if any. */
const concerned = z.object({
  count: z.optional(z.number()),
  accepted: z.optional(z.number()),
  done: z.optional(z.number()),
  operation: z.optional(z.union([z.string(), z.number()])),
});

export function isFirstAction(value: unknown): value is FirstAction {
  return typeof value === "string" && Object.hasOwn(ENDPOINTS, value);
}

let shared: StreamRequests | null = null;

/**
 * Returns the stream's requests on this page, shared by all islands in a browser.
 *
 * @param first The result of the form whose submission led to the page; the first island's counts.
 */
export function streamRequests(first: StreamResult | null): StreamRequests {
  if (typeof document === "undefined") return createStreamRequests(first);
  return shared ??= createStreamRequests(first);
}

function createStreamRequests(first: StreamResult | null): StreamRequests {
  const requests = createRequests(first);
  const send = async (name: StreamAction, path: string, method: "POST" | "DELETE") => {
    await requests.run({
      name,
      path,
      data: concerned,
      init: { method },
      summary: ({ count, accepted, done, operation }) => ({
        count: count ?? accepted ?? done ?? null,
        operation: name === "clear" && operation !== undefined && count !== 0
          ? String(operation)
          : null,
      }),
    });
  };
  return {
    ...requests,
    perform: (action) => send(action, ENDPOINTS[action].path, ENDPOINTS[action].method),
    undo: (operation) => send("undo", `/api/operations/${operation}/undo`, "POST"),
  };
}
