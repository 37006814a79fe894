import { type FunctionComponent, isValidElement, type VNode } from "preact";
import type { ResolvedFreshConfig } from "./config.ts";
import { renderResponse } from "./render.ts";
import { type Context, type LayoutConfig, type Scope, scopeOf } from "./context.ts";
import type { Snapshot } from "./snapshot.ts";
import {
  attachHandlers,
  isWebSocketHandlers,
  upgradeWebSocket,
  type WebSocketHandlers,
  type WebSocketUpgradeOptions,
} from "./web_socket.ts";

/** The parameters of a context. */
export interface ContextInit<State> {
  req: Request;
  url: URL;
  info: Deno.ServeHandlerInfo;
  config: ResolvedFreshConfig;
  route: string | null;
  params: Record<string, string>;
  next: () => Promise<Response>;
  snapshot: Snapshot;
  state: State;
}

/** The context of one request. */
export class RequestContext<State> implements Context<State> {
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
  error: unknown | null = null;
  /** Calls the next middleware or the handler and returns its response. */
  next: () => Promise<Response>;
  /** The content of a layout or of the application's wrapper. */
  Component!: FunctionComponent;

  readonly [scopeOf]: Scope<State>;

  constructor(init: ContextInit<State>) {
    this.config = init.config;
    this.url = init.url;
    this.req = init.req;
    this.route = init.route;
    this.params = init.params;
    this.state = init.state;
    this.info = init.info;
    this.next = init.next;
    this[scopeOf] = { snapshot: init.snapshot, app: null, layouts: [] };
  }

  /**
   * Returns a redirect to a path or URL, by default with status 302. In a path, repeated slashes are
   * collapsed, so that `//host` does not redirect to another host; the caller must reject backslashes, which
   * browsers treat as slashes.
   */
  redirect(pathOrUrl: string, status = 302): Response {
    let location = pathOrUrl;
    if (pathOrUrl.startsWith("/")) {
      const [path = ""] = pathOrUrl.split(/[?#]/, 1);
      location = path.replace(/\/+/g, "/") + pathOrUrl.slice(path.length);
    }
    return new Response(null, { status, headers: { location } });
  }

  /** Returns an HTML response with `vnode` in the layouts and the wrapper that apply here. */
  render(
    // deno-lint-ignore no-explicit-any -- elements of whatever props
    vnode: VNode<any> | null,
    init: ResponseInit = {},
    config: LayoutConfig = {},
  ): Promise<Response> {
    return Promise.try(() => {
      if (vnode === null || isValidElement(vnode)) return renderResponse(this, vnode, init, config);
      throw new TypeError("Cannot render: the first argument is not an element");
    });
  }

  /**
   * Upgrades the request to a WebSocket: with handlers, returns the response; without handlers, the response and the socket.
   *
   * @throws {HttpError} 400 if the request is not a WebSocket upgrade.
   */
  upgrade(options?: WebSocketUpgradeOptions): { socket: WebSocket; response: Response };
  upgrade(handlers: WebSocketHandlers, options?: WebSocketUpgradeOptions): Response;
  upgrade(
    first?: WebSocketHandlers | WebSocketUpgradeOptions,
    second?: WebSocketUpgradeOptions,
  ): { socket: WebSocket; response: Response } | Response {
    if (!isWebSocketHandlers(first)) return upgradeWebSocket(this.req, first);
    const { socket, response } = upgradeWebSocket(this.req, second);
    attachHandlers(socket, first);
    return response;
  }
}
