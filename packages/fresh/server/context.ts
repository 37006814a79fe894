import type { AnyComponent, FunctionComponent, VNode } from "preact";
import type { ResolvedFreshConfig } from "./config.ts";
import type { Snapshot } from "./snapshot.ts";
import type { WebSocketHandlers, WebSocketUpgradeOptions } from "./web_socket.ts";

/** The context of one request, for middlewares, handlers and pages. */
export interface Context<State> {
  /** The configuration in effect. */
  readonly config: ResolvedFreshConfig;
  /** The request's URL. */
  readonly url: URL;
  /** The request as received. */
  req: Request;
  /** The pattern that the path matched, or null. */
  readonly route: string | null;
  /** The decoded values of the pattern's parameters. */
  readonly params: Record<string, string>;
  /** The state that middlewares share, initially an empty object. */
  readonly state: State;
  /** The addresses of both ends. */
  readonly info: Deno.ServeHandlerInfo;
  /** The last caught error, or null. */
  error: unknown | null;
  /** Calls the next middleware or the handler and returns its response. */
  next: () => Promise<Response>;
  /** The content of a layout or of the application's wrapper. */
  Component: FunctionComponent;
  readonly [scopeOf]: Scope<State>;
  redirect(pathOrUrl: string, status?: number): Response;
  render(
    // deno-lint-ignore no-explicit-any -- elements of whatever props
    vnode: VNode<any> | null,
    init?: ResponseInit,
    config?: LayoutConfig,
  ): Promise<Response>;
  upgrade(options?: WebSocketUpgradeOptions): { socket: WebSocket; response: Response };
  upgrade(handlers: WebSocketHandlers, options?: WebSocketUpgradeOptions): Response;
}

/** The props of pages, layouts, error pages and the application's wrapper. */
export type PageProps<Data = unknown, State = unknown> =
  & Pick<
    Context<State>,
    "config" | "url" | "req" | "params" | "info" | "state" | "Component" | "error" | "route"
  >
  & { data: Data };

/** A page, a layout, or the application's wrapper. */
export type RouteComponent<State> = AnyComponent<PageProps<unknown, State>>;

/** The options of a layout. */
export interface LayoutConfig {
  /** Skips the layouts of parent folders. */
  skipInheritedLayouts?: boolean;
  /** Skips the application's wrapper. */
  skipAppWrapper?: boolean;
}

/** The framework's private part of a context. */
export const scopeOf: unique symbol = Symbol("scope");

/** The wrapper and layouts of a request's pages. */
export interface Scope<State> {
  readonly snapshot: Snapshot;
  /** The application's wrapper around every page. */
  app: RouteComponent<State> | null;
  /** The layouts around a page, outermost first. */
  layouts: readonly RouteComponent<State>[];
}
