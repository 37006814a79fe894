import type { LayoutConfig, RouteComponent } from "./context.ts";
import type { RouteHandler } from "./handlers.ts";

/** The `config` export of a route file. */
export interface RouteConfig extends LayoutConfig {
  /** A path pattern that overrides the one derived from the file's path. */
  routeOverride?: string;
}

/** A route: a handler, a page, or both. */
export interface Route<State> {
  component?: RouteComponent<State>;
  config?: RouteConfig;
  handler?: RouteHandler<unknown, State>;
}
