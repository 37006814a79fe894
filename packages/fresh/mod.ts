export { App, type ListenOptions } from "./server/app.ts";
export type { FreshConfig, ResolvedFreshConfig } from "./server/config.ts";
export type { Context } from "./server/context.ts";
export { csp, type CSPOptions } from "./server/csp.ts";
export { createDefine, type Define } from "./server/define.ts";
export {
  type HandlerByMethod,
  type HandlerFn,
  type Method,
  page,
  type PageResponse,
  type RouteHandler,
} from "./server/handlers.ts";
export type { Middleware } from "./server/middleware.ts";
export type { RouteConfig } from "./server/route.ts";
export type { LayoutConfig, PageProps } from "./server/context.ts";
export { staticFiles } from "./server/static_files.ts";
export type { WebSocketHandlers, WebSocketUpgradeOptions } from "./server/web_socket.ts";
export { HttpError } from "./shared/http_error.ts";
