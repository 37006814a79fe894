import type { AnyComponent } from "preact";
import type { HandlerByMethod, HandlerFn, RouteHandler } from "./handlers.ts";
import type { Middleware } from "./middleware.ts";
import type { PageProps } from "./context.ts";

/** Identity functions that declare types. */
export interface Define<State> {
  /** A route's handler, or its handlers by method. */
  handlers<
    Data,
    Handlers extends RouteHandler<Data, State> = RouteHandler<Data, State>,
  >(handlers: Handlers): typeof handlers;

  /** A page; `define.page<typeof handler>` gives it the type of the handler's data. */
  page<
    // deno-lint-ignore no-explicit-any -- the type of the data is inferred from the handler
    Handler extends RouteHandler<any, State> = never,
    Data = Handler extends HandlerFn<infer D, State> ? D
      : Handler extends HandlerByMethod<infer D, State> ? D
      : never,
  >(render: AnyComponent<PageProps<Data, State>>): typeof render;

  /** A middleware, or several. */
  middleware<M extends Middleware<State> | Middleware<State>[]>(middleware: M): typeof middleware;

  /** A layout. */
  layout(render: AnyComponent<PageProps<unknown, State>>): typeof render;
}

/** Creates the {@linkcode Define} functions of an application with this `State`. */
export function createDefine<State>(): Define<State> {
  return {
    handlers: (handlers) => handlers,
    page: (render) => render,
    middleware: (middleware) => middleware,
    layout: (render) => render,
  };
}
