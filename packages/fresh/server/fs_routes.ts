import type { Middleware } from "./middleware.ts";
import { compareFilePaths, patternOfFile } from "./path_pattern.ts";
import type { Route, RouteConfig } from "./route.ts";
import type { RouteComponent } from "./context.ts";
import type { RouteFile } from "./snapshot.ts";

/** The parts that a file below the routes folder adds to an application. */
export type FileRole<State> =
  & { folder: string }
  & (
    | { role: "app"; component: RouteComponent<State> }
    | { role: "layout"; component: RouteComponent<State>; config: RouteConfig }
    | { role: "middleware"; middlewares: Middleware<State>[] }
    | { role: "error" | "notFound"; route: Route<State> }
    | { role: "route"; pattern: string; route: Route<State> }
  );

/** The roles of files, in the order in which they are applied. */
export function rolesOfFiles<State>(files: readonly RouteFile[]): FileRole<State>[] {
  const special = files.filter((file) => nameOf(file.path).startsWith("_"));
  const routes = files.filter((file) => !nameOf(file.path).startsWith("_"));
  routes.sort((a, b) => compareFilePaths(a.path, b.path));
  return [...special, ...routes].map((file) => roleOf<State>(file));
}

function nameOf(path: string): string {
  return path.slice(path.lastIndexOf("/") + 1);
}

function roleOf<State>({ path, module }: RouteFile): FileRole<State> {
  const name = nameOf(path);
  const folder = path.slice(0, -name.length);
  const route = routeOf<State>(path, module);
  const { component, config = {} } = route;
  switch (name) {
    case "_app":
      return { role: "app", folder, component: required(component, path) };
    case "_layout":
      return {
        role: "layout",
        folder,
        component: required(component, path),
        config,
      };
    case "_middleware":
      return { role: "middleware", folder, middlewares: middlewaresIn(path, module) };
    case "_error":
    case "_500":
      return { role: "error", folder, route };
    case "_404":
      return { role: "notFound", folder, route };
    default:
      return { role: "route", folder, pattern: config.routeOverride ?? patternOfFile(path), route };
  }
}

// Exports are only checked for their kind; the author's types check the rest.
function routeOf<State>(path: string, module: RouteFile["module"]): Route<State> {
  const handler = module.handlers ?? module.handler;
  const component = module.default;
  if (handler === undefined && component === undefined) {
    throw new TypeError(`Cannot use routes/${path}: it exports neither a handler nor a component`);
  }
  return {
    ...(typeof component === "function" &&
      { component: component as RouteComponent<State> }),
    ...(handler !== undefined &&
      { handler: handler as NonNullable<Route<State>["handler"]> }),
    ...(module.config !== undefined &&
      { config: module.config as RouteConfig }),
  };
}

function middlewaresIn<State>(path: string, module: RouteFile["module"]): Middleware<State>[] {
  const found = [module.handlers ?? module.handler ?? module.default].flat();
  if (!found.every((middleware) => typeof middleware === "function")) {
    throw new TypeError(`Cannot use routes/${path}: a middleware is a function, or several`);
  }
  return found as Middleware<State>[];
}

function required<State>(component: RouteComponent<State> | undefined, path: string) {
  if (component !== undefined) return component;
  throw new TypeError(`Cannot use routes/${path}: it exports no component by default`);
}
