import type { Context } from "./context.ts";

/** Handles a request, or calls `ctx.next()` and returns its response. */
export type Middleware<State> = (ctx: Context<State>) => Response | Promise<Response>;

/**
 * Composes middlewares, which run in order; the last one's `ctx.next()` is that of the given context. A
 * thrown error is stored in `ctx.error` and rethrown.
 */
export function compose<State>(middlewares: readonly Middleware<State>[]): Middleware<State> {
  return (ctx) => {
    const after = ctx.next;
    const run = async (index: number): Promise<Response> => {
      const middleware = middlewares[index];
      if (middleware === undefined) return after();
      ctx.next = () => run(index + 1);
      try {
        return await middleware(ctx);
      } catch (error) {
        ctx.error = error;
        throw error;
      }
    };
    return run(0);
  };
}
