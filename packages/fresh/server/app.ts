import { STATUS_CODES } from "node:http";
import { setBuildId } from "../shared/build_id.ts";
import { HttpError } from "../shared/http_error.ts";
import type { FreshConfig, ResolvedFreshConfig } from "./config.ts";
import { RequestContext } from "./request_context.ts";
import type { Method } from "./handlers.ts";
import { compose, type Middleware } from "./middleware.ts";
import "./new_build_id.ts";
import type { Route } from "./route.ts";
import { RouteTable } from "./route_table.ts";
import { isMethod, type Match } from "./router.ts";
import { EMPTY_SNAPSHOT, type Snapshot } from "./snapshot.ts";

/** How to serve an application. */
export type ListenOptions =
  & Partial<Deno.ServeTcpOptions & Deno.TlsCertifiedKeyPem>
  & { remoteAddress?: string };

/** Handles requests, as `Deno.serve` calls it. */
export type ServeHandler = (request: Request, info?: Deno.ServeHandlerInfo) => Promise<Response>;

/** Serves `app` from a build. Only for code that builds and mounts applications. */
export let mountSnapshot: <State>(
  app: App<State>,
  snapshot: Snapshot,
  mode: ResolvedFreshConfig["mode"],
  onUncaught?: UncaughtHandler,
) => void;

/** Returns the response to an unhandled error. */
export type UncaughtHandler = (error: unknown, request: Request) => Response;

/** An application: middlewares and routes, applied in the order in which they were added. */
export class App<State> {
  /** The configuration in effect. */
  config: ResolvedFreshConfig;

  #snapshot: Snapshot = EMPTY_SNAPSHOT;
  #onUncaught: UncaughtHandler = responseToUncaught;
  readonly #steps: ((table: RouteTable<State>) => void)[] = [];

  static {
    mountSnapshot = (app, snapshot, mode, onUncaught = responseToUncaught) => {
      app.#onUncaught = onUncaught;
      app.#snapshot = snapshot;
      app.config = { ...app.config, root: snapshot.root, mode };
      setBuildId(snapshot.buildId);
    };
  }

  constructor(config: FreshConfig = {}) {
    const { basePath = "", mode = "production" } = config;
    this.config = { root: ".", basePath, mode };
  }

  /** Adds middlewares for every path, or for those at and below `path`. */
  use(...middlewares: Middleware<State>[]): this;
  use(path: string, ...middlewares: Middleware<State>[]): this;
  use(first: string | Middleware<State>, ...rest: Middleware<State>[]): this {
    return typeof first === "string"
      ? this.#add((table) => table.addMiddlewares(first, rest))
      : this.#add((table) => table.addMiddlewares("*", [first, ...rest]));
  }

  /** Sets the handler of paths that no route matches. */
  notFound(routeOrMiddleware: Route<State> | Middleware<State>): this {
    return this.#add((table) => table.setNotFound("*", asRoute(routeOrMiddleware)));
  }

  /** Sets the handler of errors at and below `path`; the error is in `ctx.error`. */
  onError(path: string, routeOrMiddleware: Route<State> | Middleware<State>): this {
    return this.#add((table) => table.setErrorRoute(path, asRoute(routeOrMiddleware)));
  }

  /** Handles GET and HEAD requests. */
  get(path: string, ...middlewares: Middleware<State>[]): this {
    return this.#handle(["GET"], path, middlewares);
  }

  /** Handles POST requests. */
  post(path: string, ...middlewares: Middleware<State>[]): this {
    return this.#handle(["POST"], path, middlewares);
  }

  /** Handles PATCH requests. */
  patch(path: string, ...middlewares: Middleware<State>[]): this {
    return this.#handle(["PATCH"], path, middlewares);
  }

  /** Handles PUT requests. */
  put(path: string, ...middlewares: Middleware<State>[]): this {
    return this.#handle(["PUT"], path, middlewares);
  }

  /** Handles DELETE requests. */
  delete(path: string, ...middlewares: Middleware<State>[]): this {
    return this.#handle(["DELETE"], path, middlewares);
  }

  /** Handles HEAD requests. */
  head(path: string, ...middlewares: Middleware<State>[]): this {
    return this.#handle(["HEAD"], path, middlewares);
  }

  /** Handles requests of every method. */
  all(path: string, ...middlewares: Middleware<State>[]): this {
    return this.#handle("ALL", path, middlewares);
  }

  /** Adds the routes of the files below the routes folder, at this position in the order. */
  fsRoutes(): this {
    return this.#add((table) => table.addFiles(this.#snapshot.routes));
  }

  /** Returns the request handler, with the build and the routes at the time of the call. */
  handler(): ServeHandler {
    const snapshot = this.#snapshot;
    const table = new RouteTable<State>(this.config.basePath);
    for (const step of this.#steps) step(table);
    const unmatched = compose(table.rootMiddlewares());

    return async (req, info = NO_CONNECTION) => {
      const url = new URL(req.url);
      url.pathname = url.pathname.replace(/\/+/g, "/");
      const method = req.method.toUpperCase();
      // As on the published framework, a malformed parameter throws here, before any middleware.
      const match = table.router.match(method, url);
      const ctx = new RequestContext<State>({
        req,
        url,
        info,
        snapshot,
        config: this.config,
        route: match?.pattern ?? null,
        params: match?.params ?? {},
        state: {} as State, // middlewares fill it in; its type is the application's promise
        next: () => endOfChain(method, match),
      });
      try {
        if (match !== undefined && !isMethod(method)) {
          throw new TypeError(`Cannot handle ${method}: the method is unknown`);
        }
        const response = await (match?.item ?? unmatched)(ctx);
        // As on the published framework, the body is dropped, not canceled.
        return method === "HEAD" ? new Response(null, response) : response;
      } catch (error) {
        return this.#onUncaught(error, req);
      }
    };
  }

  /** Starts the server, by default on port 8000. */
  listen(options: ListenOptions = {}): Promise<void> {
    Deno.serve({ port: 8000, ...options }, this.handler());
    return Promise.resolve();
  }

  #add(step: (table: RouteTable<State>) => void): this {
    this.#steps.push(step);
    return this;
  }

  #handle(methods: Method[] | "ALL", path: string, middlewares: Middleware<State>[]): this {
    return this.#add((table) => table.addHandlers(methods, path, middlewares));
  }
}

/** The addresses of a request without a connection, as in tests. */
const NO_CONNECTION: Deno.ServeHandlerInfo = {
  remoteAddr: { transport: "tcp", hostname: "localhost", port: 0 },
  completed: Promise.resolve(),
};

function asRoute<State>(routeOrMiddleware: Route<State> | Middleware<State>): Route<State> {
  return typeof routeOrMiddleware === "function"
    ? { handler: routeOrMiddleware }
    : routeOrMiddleware;
}

/** The result of the last `ctx.next()`. */
function endOfChain(method: string, match: Match<unknown> | undefined): Promise<Response> {
  if (match === undefined || match.item !== undefined) {
    return Promise.reject(new HttpError(404));
  }
  if (method !== "OPTIONS") return Promise.reject(new HttpError(405));
  const headers = { allow: match.allowed.join(", ") };
  return Promise.resolve(new Response(null, { status: 204, headers }));
}

/** Returns the response to an unhandled error, without internal details. */
export function responseToUncaught(error: unknown): Response {
  const status = error instanceof HttpError ? error.status : 500;
  // deno-lint-ignore no-console -- an application can log errors elsewhere with an error handler
  if (status >= 500) console.error(error);
  const message = error instanceof HttpError ? error.message : "Internal server error";
  return new Response(message || (STATUS_CODES[status] ?? ""), { status });
}
