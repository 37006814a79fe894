import type { Context } from "./context.ts";

/** The request methods that a route can handle. */
export type Method =
  | "HEAD"
  | "GET"
  | "POST"
  | "PATCH"
  | "PUT"
  | "DELETE"
  | "OPTIONS";

/** Data for a route's page, with the status and headers of its response. */
export interface PageResponse<T> {
  data: T;
  headers?: HeadersInit;
  status?: number;
}

/**
 * Called by a handler to respond with the route's page, rendered with `data`.
 *
 * @param data The page's `data` prop.
 * @param options Headers and status of the response; the status is 200 by default.
 */
export function page<T>(
  data: T,
  options?: { headers?: HeadersInit; status?: number },
): PageResponse<T>;
export function page(): PageResponse<undefined>;
export function page(
  data?: unknown,
  options: { headers?: HeadersInit; status?: number } = {},
): PageResponse<unknown> {
  return { data, ...options };
}

/** Handles a request with a response, or with data for the route's page. */
export interface HandlerFn<Data, State> {
  (ctx: Context<State>): Response | PageResponse<Data> | Promise<Response | PageResponse<Data>>;
}

/** A handler for each method; GET also handles HEAD unless HEAD has its own handler. */
export type HandlerByMethod<Data, State> = {
  [M in Method]?: HandlerFn<Data, State>;
};

/** One handler for every method, or one for each. */
export type RouteHandler<Data, State> =
  | HandlerFn<Data, State>
  | HandlerByMethod<Data, State>;

/** Returns the handler for `method`, or undefined if there is none. */
export function handlerFor<Data, State>(
  handler: RouteHandler<Data, State>,
  method: string,
): HandlerFn<Data, State> | undefined {
  if (typeof handler === "function") return handler;
  if (method === "HEAD") return handler.HEAD ?? handler.GET;
  return Object.hasOwn(handler, method) ? handler[method as Method] : undefined;
}
