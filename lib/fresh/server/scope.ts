import type { RouteComponent } from "./route.ts";
import type { Snapshot } from "./snapshot.ts";

/** The part of a context that the framework keeps to itself. */
export const scopeOf: unique symbol = Symbol("scope");

/** What a request's pages are rendered in. */
export interface Scope<State> {
  readonly snapshot: Snapshot;
  /** The application's wrapper around every page. */
  app: RouteComponent<State> | null;
  /** The layouts around a page, outermost first. */
  layouts: readonly RouteComponent<State>[];
}
