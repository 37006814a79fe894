import { type FileRole, rolesOfFiles } from "./fs_routes.ts";
import type { Method } from "./handlers.ts";
import { compose, type Middleware } from "./middleware.ts";
import { renderRoute } from "./render_route.ts";
import type { Route } from "./route.ts";
import { createRouter, METHODS, type Router } from "./router.ts";
import { middlewaresOf, newSegment, segmentAt } from "./segments.ts";
import type { RouteFile } from "./snapshot.ts";

/**
 * The routes of an application while they are being added. A route gets the middlewares, layouts and error
 * pages that were added before it.
 */
export class RouteTable<State> {
  readonly router: Router<Middleware<State>> = createRouter();
  readonly #root = newSegment<State>();
  readonly #basePath: string;

  /** @param basePath The prefix of all routes. */
  constructor(basePath: string) {
    this.#basePath = basePath === "/" ? "" : basePath;
  }

  /** Returns the handler of a path that no route matches. */
  rootMiddlewares(): Middleware<State>[] {
    return middlewaresOf(this.#root);
  }

  addMiddlewares(path: string, middlewares: readonly Middleware<State>[]): void {
    segmentAt(this.#root, path).middlewares.push(...middlewares);
  }

  setNotFound(path: string, route: Route<State>): void {
    segmentAt(this.#root, path).notFound = (ctx) => renderRoute(ctx, route, 404);
  }

  setErrorRoute(path: string, route: Route<State>): void {
    segmentAt(this.#root, path).errorRoute = route;
  }

  /** Adds a handler of `methods` at a pattern. */
  addHandlers(
    methods: readonly Method[] | "ALL",
    pattern: string,
    handlers: readonly Middleware<State>[],
    folder: string = pattern,
  ): void {
    const before = middlewaresOf(segmentAt(this.#root, folder));
    const handler = compose([...before, ...handlers]);
    const path = this.#withBasePath(pattern === "*" ? "/*" : pattern);
    for (const method of methods === "ALL" ? METHODS : methods) {
      this.router.add(method, path, handler);
    }
  }

  #withBasePath(pattern: string): string {
    return this.#basePath + (this.#basePath !== "" && pattern === "/" ? "" : pattern);
  }

  /** Adds the routes, layouts and middlewares of the files below the routes folder. */
  addFiles(files: readonly RouteFile[]): void {
    for (const role of rolesOfFiles<State>(files)) this.#addFile(role);
  }

  #addFile(file: FileRole<State>): void {
    const segment = segmentAt(this.#root, file.folder);
    switch (file.role) {
      case "app":
        segment.app = file.component;
        break;
      case "layout":
        segment.layout = { component: file.component, config: file.config };
        break;
      case "middleware":
        segment.middlewares.push(...file.middlewares);
        break;
      case "error":
        segment.errorRoute = file.route;
        break;
      case "notFound":
        this.setNotFound("*", file.route);
        break;
      case "route": {
        const render: Middleware<State> = (ctx) => renderRoute(ctx, file.route);
        this.addHandlers("ALL", file.pattern, [render], file.folder);
        break;
      }
    }
  }
}
