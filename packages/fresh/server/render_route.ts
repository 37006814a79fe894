import { h } from "preact";
import { type Context, scopeOf } from "./context.ts";
import { handlerFor } from "./handlers.ts";
import { propsOf } from "./render.ts";
import type { Route } from "./route.ts";

/** Returns a route's response: its handler's, or its page with the data that the handler returned. */
export async function renderRoute<State>(
  ctx: Context<State>,
  route: Route<State>,
  status = 200,
): Promise<Response> {
  const scope = ctx[scopeOf];
  if (route.config?.skipAppWrapper) scope.app = null;
  if (route.config?.skipInheritedLayouts) scope.layouts = [];

  const given = await runHandler(ctx, route);
  if (given instanceof Response) return given;

  const props = propsOf(ctx, given.data, () => null);
  const vnode = route.component === undefined ? null : h(route.component, props);
  return ctx.render(vnode, { status: given.status ?? status, headers: new Headers(given.headers) });
}

function runHandler<State>(ctx: Context<State>, { handler, component }: Route<State>) {
  const { method } = ctx.req;
  const handle = handler === undefined ? undefined : handlerFor(handler, method);
  if (handle !== undefined) return handle(ctx);
  // A page without handlers supports GET; a page with handlers supports only their methods.
  const shown = component !== undefined &&
    (handler === undefined || method === "GET" || method === "HEAD");
  return shown ? { data: {} } : ctx.next();
}
