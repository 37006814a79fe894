import { pathToFileURL } from "node:url";
import { islandsOf } from "../server/mount.ts";
import type { Snapshot, StaticFile } from "../server/snapshot.ts";
import { type Assembly, contentTypeOf } from "./assemble.ts";
import type { ResolvedBuildConfig } from "./build_config.ts";

/** A build that is served from memory; static files are read from the project at each request. */
export async function memorySnapshot(
  assembly: Assembly,
  { root }: ResolvedBuildConfig,
): Promise<Snapshot> {
  const [islands, routes] = await Promise.all([
    Promise.all(assembly.islands.map(async ({ path, name, chunk }) => {
      return { name, chunk, module: await load(path) };
    })),
    Promise.all(assembly.routes.map(async ({ path, name }) => {
      return { path: name, module: await load(path) };
    })),
  ]);
  const files = new Map<string, StaticFile>();
  for (const { pathname, path, contentType } of assembly.statics) {
    files.set(pathname, {
      contentType,
      hash: null,
      read: () => Deno.readFile(path),
    });
  }
  for (const [pathname, { content, hash }] of assembly.scripts) {
    const contentType = contentTypeOf(pathname);
    files.set(pathname, {
      contentType,
      hash,
      read: () => Promise.resolve(content),
    });
  }
  return {
    buildId: assembly.buildId,
    root,
    client: assembly.client,
    islands: islandsOf(islands),
    routes,
    findFile: (pathname) => Promise.resolve(files.get(pathname)),
  };
}

function load(path: string): Promise<Record<string, unknown>> {
  return import(pathToFileURL(path).href);
}
