import { type FunctionComponent, isValidElement, type VNode } from "preact";
import type { ResolvedFreshConfig } from "./config.ts";
import { renderResponse } from "./render.ts";
import type { LayoutConfig } from "./route.ts";
import { type Scope, scopeOf } from "./scope.ts";
import type { Snapshot } from "./snapshot.ts";
import {
  attachHandlers,
  isWebSocketHandlers,
  upgradeWebSocket,
  type WebSocketHandlers,
  type WebSocketUpgradeOptions,
} from "./web_socket.ts";

/** What a context is made from. */
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

/** One request, as middlewares, handlers and pages see it. */
export class Context<State> {
  /** The configuration in effect. */
  readonly config: ResolvedFreshConfig;
  /** The request's URL. */
  readonly url: URL;
  /** The request as it came. */
  req: Request;
  /** The pattern that the path matched, or null. */
  readonly route: string | null;
  /** The decoded values of the pattern's parameters. */
  readonly params: Record<string, string>;
  /** What middlewares hand on, an empty object at first. */
  readonly state: State;
  /** The addresses of both ends. */
  readonly info: Deno.ServeHandlerInfo;
  /** The error that was caught last, or null. */
  error: unknown | null = null;
  /** Passes the request on to the next middleware or the handler, and gives its answer. */
  next: () => Promise<Response>;
  /** What a layout or the application's wrapper is wrapped around. */
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
   * A redirect to a path or URL, with status 302 unless another is given. Several slashes in a row
   * become one in a path, so that `//host` never leads to another host.
   */
  redirect(pathOrUrl: string, status = 302): Response {
    let location = pathOrUrl;
    if (pathOrUrl.startsWith("/")) {
      const end = pathOrUrl.search(/[?#]/);
      const path = end === -1 ? pathOrUrl : pathOrUrl.slice(0, end);
      location = path.replace(/[/\\]{2,}/g, "/") +
        (end === -1 ? "" : pathOrUrl.slice(end));
    }
    return new Response(null, { status, headers: { location } });
  }

  /** An HTML answer with `vnode` in the layouts and the wrapper that apply here. */
  render(
    // deno-lint-ignore no-explicit-any -- elements of whatever props
    vnode: VNode<any> | null,
    init: ResponseInit = {},
    config: LayoutConfig = {},
  ): Promise<Response> {
    return Promise.try(() => {
      if (vnode === null || isValidElement(vnode)) return renderResponse(this, vnode, init, config);
      throw new TypeError("Cannot render: what was given is not an element");
    });
  }

  /**
   * Turns the request into a WebSocket: with handlers, gives the answer to return; without, the
   * answer and the socket.
   *
   * @throws {HttpError} 400 when the request does not ask for a WebSocket.
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
