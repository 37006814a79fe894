import { HttpError } from "../shared/http_error.ts";
import { type Context, type LayoutConfig, type RouteComponent, scopeOf } from "./context.ts";
import type { Middleware } from "./middleware.ts";
import { renderRoute } from "./render_route.ts";
import type { Route } from "./route.ts";

/** The middlewares, layouts and error pages of the paths below one folder of a URL. */
export interface Segment<State> {
  parent: Segment<State> | null;
  children: Map<string, Segment<State>>;
  middlewares: Middleware<State>[];
  app: RouteComponent<State> | null;
  layout: { component: RouteComponent<State>; config: LayoutConfig } | null;
  errorRoute: Route<State> | null;
  notFound: Middleware<State> | null;
}

/** An empty segment. */
export function newSegment<State>(parent: Segment<State> | null = null): Segment<State> {
  return {
    parent,
    children: new Map(),
    middlewares: [],
    app: null,
    layout: null,
    errorRoute: null,
    notFound: null,
  };
}

/** The segment at a path of folders such as `/nested/[id]`, created if missing. */
export function segmentAt<State>(root: Segment<State>, path: string): Segment<State> {
  let segment = root;
  for (const name of path.split("/").map(nameOfSegment)) {
    if (name === "" || name === "*") continue;
    let child = segment.children.get(name);
    if (child === undefined) {
      child = newSegment(segment);
      segment.children.set(name, child);
    }
    segment = child;
  }
  return segment;
}

/** A folder `[id]` and a path segment `:id` are the same segment. */
function nameOfSegment(part: string): string {
  return part.replace(/^\[(\w+)\]$/, ":$1");
}

/** Returns the middlewares that currently run before a handler in `segment`, from the root down. */
export function middlewaresOf<State>(segment: Segment<State>): Middleware<State>[] {
  const above = segment.parent === null ? [] : middlewaresOf(segment.parent);
  return [...above, enter(segment), ...segment.middlewares];
}

/** Applies a segment's wrapper and layout, and handles errors from below it. */
function enter<State>(segment: Segment<State>): Middleware<State> {
  const { app, layout, errorRoute } = segment;
  let root = segment;
  while (root.parent !== null) root = root.parent;

  return async (ctx) => {
    const scope = ctx[scopeOf];
    const before = { app: scope.app, layouts: scope.layouts };
    const within = {
      app: layout?.config.skipAppWrapper ? null : app ?? scope.app,
      layouts: layout === null ? scope.layouts : [
        ...(layout.config.skipInheritedLayouts ? [] : scope.layouts),
        layout.component,
      ],
    };
    Object.assign(scope, within);
    try {
      return await ctx.next();
    } catch (error) {
      Object.assign(scope, within);
      return await recover(ctx, error, root.notFound, errorRoute);
    } finally {
      Object.assign(scope, before);
    }
  };
}

function recover<State>(
  ctx: Context<State>,
  error: unknown,
  notFound: Middleware<State> | null,
  errorRoute: Route<State> | null,
): Response | Promise<Response> {
  const status = error instanceof HttpError ? error.status : 500;
  if (status === 404 && notFound !== null) return notFound(ctx);
  if (errorRoute !== null) return renderRoute(ctx, errorRoute, status);
  throw error;
}
