import { type App, type ListenOptions, mountSnapshot, type ServeHandler } from "../server/app.ts";
import { OVERLAY_PATH } from "../server/error_overlay.ts";
import { assemble } from "./assemble.ts";
import type { ResolvedBuildConfig } from "./build_config.ts";
import { memorySnapshot } from "./memory_snapshot.ts";
import { overlayInFrame, responseToError } from "./overlay_page.ts";

/** The WebSocket path by which open pages detect a restart of the server. */
const ALIVE_PATH = "/_frsh/alive";

/**
 * Serves an application from memory during development. It does not watch files: `deno run --watch` restarts the process after a change, and open pages reload once they connect to the new one. While the application cannot be loaded, every page shows the error.
 *
 * @returns When the server stops.
 */
export async function serveDuringDevelopment<State>(
  importApp: () => Promise<App<State>>,
  config: ResolvedBuildConfig,
  options: ListenOptions,
): Promise<void> {
  const revision = Date.now();
  const handler = await loadHandler(importApp, config, revision).catch((error): ServeHandler => {
    // deno-lint-ignore no-console -- the developer watches this terminal
    console.error(error);
    return (request) => Promise.resolve(responseToError(error, request, { ...config, revision }));
  });
  const server = Deno.serve({ port: 8000, ...options }, (request, info) => {
    const { pathname, searchParams } = new URL(request.url);
    if (pathname === ALIVE_PATH) return announce(request, revision);
    if (pathname === OVERLAY_PATH) return overlayInFrame(Object.fromEntries(searchParams));
    return handler(request, info);
  });
  await server.finished;
}

async function loadHandler<State>(
  importApp: () => Promise<App<State>>,
  config: ResolvedBuildConfig,
  revision: number,
): Promise<ServeHandler> {
  const app = await importApp();
  const snapshot = await memorySnapshot(await assemble(config), config);
  mountSnapshot(
    app,
    snapshot,
    "development",
    (error, request) => responseToError(error, request, { ...config, revision }),
  );
  return app.handler();
}

function announce(request: Request, revision: number): Response {
  if (request.headers.get("upgrade") !== "websocket") return new Response(null, { status: 501 });
  const { socket, response } = Deno.upgradeWebSocket(request);
  socket.onopen = () => socket.send(JSON.stringify({ type: "initial-state", revision }));
  return response;
}
