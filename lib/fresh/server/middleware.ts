import type { Context } from "./context.ts";

/** Answers a request, or passes it on with `ctx.next()` and returns that answer. */
export type Middleware<State> = (ctx: Context<State>) => Response | Promise<Response>;

/**
 * One middleware out of many, run in order; the last one's `ctx.next()` is the one that the
 * context came with. An error is kept in `ctx.error` on its way out.
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
