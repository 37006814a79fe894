import { fileURLToPath } from "node:url";
import type { AnyComponent } from "preact";
import { type App, mountSnapshot, type ServeHandler } from "./app.ts";
import type { Island, RouteFile, Snapshot, StaticFile } from "./snapshot.ts";

/** A module with islands, as the server and the browser load it. */
export interface IslandModule {
  /** The name of its default export on a page. */
  name: string;
  /** Its exports. */
  module: Readonly<Record<string, unknown>>;
  chunk: string;
}

/** A static file of a build on disk; `path` is relative to the folder of the build. */
export interface BuiltFile {
  path: string;
  contentType: string;
  hash: string;
}

/** A build as its generated entry passes it. */
export interface Build {
  buildId: string;
  /** URLs of the project's folder and of the folder of the build, each with a trailing slash. */
  root: URL;
  folder: URL;
  client: Snapshot["client"];
  islands: readonly IslandModule[];
  routes: readonly RouteFile[];
  files: Readonly<Record<string, BuiltFile>>;
}

/** Serves `app` from a build on disk; static files are read at each request. */
export function mount<State>(app: App<State>, build: Build): ServeHandler {
  const files = new Map(
    Object.entries(build.files).map(([name, file]) => [name, fileOf(file, build.folder)]),
  );
  mountSnapshot(app, {
    buildId: build.buildId,
    root: fileURLToPath(build.root),
    client: build.client,
    islands: islandsOf(build.islands),
    routes: build.routes,
    findFile: (pathname) => Promise.resolve(files.get(pathname)),
  }, "production");
  return app.handler();
}

function fileOf({ path, contentType, hash }: BuiltFile, folder: URL): StaticFile {
  return { contentType, hash, read: () => Deno.readFile(new URL(path, folder)) };
}

/** Returns the islands that modules export, by component. Every exported function is one. */
export function islandsOf(modules: readonly IslandModule[]): Map<AnyComponent, Island> {
  const islands = new Map<AnyComponent, Island>();
  for (const { name, module, chunk } of modules) {
    for (const [exportName, value] of Object.entries(module)) {
      if (typeof value !== "function") continue;
      const island = {
        name: `${name}.${exportName}`,
        exportName,
        chunk,
      };
      islands.set(value as AnyComponent, island);
    }
  }
  return islands;
}
