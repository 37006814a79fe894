import { STATUS_CODES } from "node:http";
import { setBuildId } from "../shared/build_id.ts";
import { HttpError } from "../shared/http_error.ts";
import { compressWhole } from "./compression.ts";
import type { FreshConfig, ResolvedFreshConfig } from "./config.ts";
import { Context } from "./context.ts";
import type { Method } from "./handlers.ts";
import { compose, type Middleware } from "./middleware.ts";
import type { Route } from "./route.ts";
import { RouteTable } from "./route_table.ts";
import type { Match } from "./router.ts";
import { EMPTY_SNAPSHOT, type Snapshot } from "./snapshot.ts";

/** How to serve an application. */
export type ListenOptions =
  & Partial<Deno.ServeTcpOptions & Deno.TlsCertifiedKeyPem>
  & { remoteAddress?: string };

/** What answers requests, as `Deno.serve` wants it. */
export type ServeHandler = (request: Request, info?: Deno.ServeHandlerInfo) => Promise<Response>;

/** Serves `app` from a build. For what builds and mounts applications only. */
export let mountSnapshot: <State>(
  app: App<State>,
  snapshot: Snapshot,
  mode: ResolvedFreshConfig["mode"],
) => void;

/** An application: middlewares and routes, applied in the order in which they were added. */
export class App<State> {
  /** The configuration in effect. */
  config: ResolvedFreshConfig;

  #snapshot: Snapshot = EMPTY_SNAPSHOT;
  readonly #steps: ((table: RouteTable<State>) => void)[] = [];

  static {
    mountSnapshot = (app, snapshot, mode) => {
      app.#snapshot = snapshot;
      app.config = { root: snapshot.root, mode };
      setBuildId(snapshot.buildId);
    };
  }

  constructor(config: FreshConfig = {}) {
    this.config = { root: ".", mode: config.mode ?? "production" };
  }

  /** Adds middlewares for every path, or for those at and below `path`. */
  use(...middlewares: Middleware<State>[]): this;
  use(path: string, ...middlewares: Middleware<State>[]): this;
  use(first: string | Middleware<State>, ...rest: Middleware<State>[]): this {
    return typeof first === "string"
      ? this.#add((table) => table.addMiddlewares(first, rest))
      : this.#add((table) => table.addMiddlewares("*", [first, ...rest]));
  }

  /** Sets what answers when nothing matches a path. */
  notFound(routeOrMiddleware: Route<State> | Middleware<State>): this {
    return this.#add((table) => table.setNotFound("*", asRoute(routeOrMiddleware)));
  }

  /** Sets what answers errors at and below `path`; the error is in `ctx.error`. */
  onError(path: string, routeOrMiddleware: Route<State> | Middleware<State>): this {
    return this.#add((table) => table.setErrorRoute(path, asRoute(routeOrMiddleware)));
  }

  /** Answers GET requests, and HEAD ones. */
  get(path: string, ...middlewares: Middleware<State>[]): this {
    return this.#handle(["GET"], path, middlewares);
  }

  /** Answers POST requests. */
  post(path: string, ...middlewares: Middleware<State>[]): this {
    return this.#handle(["POST"], path, middlewares);
  }

  /** Answers PATCH requests. */
  patch(path: string, ...middlewares: Middleware<State>[]): this {
    return this.#handle(["PATCH"], path, middlewares);
  }

  /** Answers PUT requests. */
  put(path: string, ...middlewares: Middleware<State>[]): this {
    return this.#handle(["PUT"], path, middlewares);
  }

  /** Answers DELETE requests. */
  delete(path: string, ...middlewares: Middleware<State>[]): this {
    return this.#handle(["DELETE"], path, middlewares);
  }

  /** Answers HEAD requests. */
  head(path: string, ...middlewares: Middleware<State>[]): this {
    return this.#handle(["HEAD"], path, middlewares);
  }

  /** Answers requests of every method. */
  all(path: string, ...middlewares: Middleware<State>[]): this {
    return this.#handle("ALL", path, middlewares);
  }

  /** Adds the routes of the files below the routes folder, here in the order. */
  fsRoutes(): this {
    return this.#add((table) => table.addFiles(this.#snapshot.routes));
  }

  /** What answers requests; build and routes are those of the moment of this call. */
  handler(): ServeHandler {
    const snapshot = this.#snapshot;
    const table = new RouteTable<State>();
    for (const step of this.#steps) step(table);
    const unmatched = compose(table.rootMiddlewares());

    return async (req, info = NO_CONNECTION) => {
      const url = new URL(req.url);
      url.pathname = url.pathname.replace(/\/+/g, "/");
      const match = table.router.match(req.method, url.pathname);
      const ctx = new Context<State>({
        req,
        url,
        info,
        snapshot,
        config: this.config,
        route: match?.pattern ?? null,
        params: match?.params ?? {},
        state: {} as State, // middlewares fill it in; its type is the application's promise
        next: () => endOf(req.method, match),
      });
      try {
        const response = await (match?.item ?? unmatched)(ctx);
        if (req.method === "HEAD") {
          await response.body?.cancel();
          return new Response(null, response);
        }
        return await compressWhole(req, response);
      } catch (error) {
        return answerUncaught(error);
      }
    };
  }

  /** Starts to serve, on port 8000 unless another is given. */
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

/** The addresses of a request that came through no connection, as in tests. */
const NO_CONNECTION: Deno.ServeHandlerInfo = {
  remoteAddr: { transport: "tcp", hostname: "localhost", port: 0 },
  completed: Promise.resolve(),
};

function asRoute<State>(routeOrMiddleware: Route<State> | Middleware<State>): Route<State> {
  return typeof routeOrMiddleware === "function"
    ? { handler: routeOrMiddleware }
    : routeOrMiddleware;
}

/** What the last `ctx.next()` comes to. */
function endOf(method: string, match: Match<unknown> | undefined): Promise<Response> {
  if (match === undefined || match.item !== undefined) {
    return Promise.reject(new HttpError(404));
  }
  if (method !== "OPTIONS") return Promise.reject(new HttpError(405));
  const headers = { allow: match.allowed.join(", ") };
  return Promise.resolve(new Response(null, { status: 204, headers }));
}

function answerUncaught(error: unknown): Response {
  const status = error instanceof HttpError ? error.status : 500;
  // deno-lint-ignore no-console -- an application that wants it elsewhere has an error handler
  if (status >= 500) console.error(error);
  const message = error instanceof HttpError ? error.message : "Internal server error";
  return new Response(message || (STATUS_CODES[status] ?? ""), { status });
}
