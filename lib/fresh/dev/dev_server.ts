import { type App, type ListenOptions, mountSnapshot, type ServeHandler } from "../server/app.ts";
import { assemble } from "./assemble.ts";
import type { ResolvedBuildConfig } from "./build_config.ts";
import { createLiveReload } from "./live_reload.ts";
import { memorySnapshot } from "./memory_snapshot.ts";

/** Serves `app` from memory, and anew whenever islands or static files have changed. */
export async function serveWhileEditing<State>(
  app: App<State>,
  config: ResolvedBuildConfig,
  options: ListenOptions,
): Promise<void> {
  const reload = createLiveReload();
  let handler: ServeHandler | undefined;

  async function rebuild(): Promise<void> {
    const assembly = await assemble(config);
    if (assembly.buildId === reload.buildId) return;
    mountSnapshot(app, await memorySnapshot(assembly, config), "development");
    handler = app.handler();
    reload.announce(assembly.buildId);
  }

  await rebuild();
  const watcher = Deno.watchFs(config.root);
  const server = Deno.serve({ port: 8000, ...options }, (request, info) => {
    const { pathname } = new URL(request.url);
    if (pathname === "/_fresh/alive") return reload.subscribe();
    return handler?.(request, info) ?? new Response(null, { status: 503 });
  });
  const watching = rebuildOnChange(watcher, config, rebuild);
  await server.finished;
  watcher.close();
  reload.close();
  await watching;
}

const QUIET_MS = 50;

/** Rebuilds once no file has changed for a moment; a build that fails leaves the last one be. */
async function rebuildOnChange(
  watcher: Deno.FsWatcher,
  config: ResolvedBuildConfig,
  rebuild: () => Promise<void>,
): Promise<void> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let building = Promise.resolve();
  for await (const { paths } of watcher) {
    if (!paths.some((path) => matters(path, config))) continue;
    clearTimeout(timer);
    timer = setTimeout(() => {
      building = building.then(rebuild).catch((error) => {
        // deno-lint-ignore no-console -- whoever edits the file is at this terminal
        console.error(error);
      });
    }, QUIET_MS);
  }
  clearTimeout(timer);
  await building;
}

/** Whether a path can be part of the build: not hidden, and not made by it. */
function matters(path: string, { root, outDir }: ResolvedBuildConfig): boolean {
  const below = path.slice(root.length);
  return !path.startsWith(`${outDir}/`) && !/\/(\.|node_modules\/)/.test(below);
}
