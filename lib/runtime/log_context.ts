import { AsyncLocalStorage } from "node:async_hooks";

/** Properties that every log record written while a request is handled carries. */
export const logContext = new AsyncLocalStorage<Record<string, unknown>>();

/** The id of the request that is handled now; null outside a request. */
export function requestId(): string | null {
  const id = logContext.getStore()?.request;
  return typeof id === "string" ? id : null;
}
