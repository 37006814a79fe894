import { getMimeType } from "hono/utils/mime";
import { bundle, type Chunks, CLIENT_CHUNK } from "./bundle.ts";
import type { ResolvedBuildConfig } from "./build_config.ts";
import {
  modulesBelow,
  type ProjectFile,
  staticFilesBelow,
  withoutExtension,
} from "./project_files.ts";

/** A module with islands, and where the browser finds it. */
export interface IslandSource {
  path: string;
  name: string;
  chunk: string;
}

/** A static file of the project. */
export interface StaticSource {
  path: string;
  pathname: string;
  contentType: string;
  hash: string;
}

/** Everything that a build is made of, on disk or in memory. */
export interface Assembly {
  buildId: string;
  client: { chunk: string };
  islands: IslandSource[];
  /** Route modules, with their paths below the routes folder. */
  routes: ProjectFile[];
  statics: StaticSource[];
  /** The content of the browser's modules, by URL path. */
  scripts: Map<string, { content: Uint8Array<ArrayBuffer>; hash: string }>;
}

/** Gathers and bundles what a project's build consists of. */
export async function assemble(config: ResolvedBuildConfig): Promise<Assembly> {
  const [islandFiles, routeFiles, staticFiles] = await Promise.all([
    modulesBelow(config.islandDir, config.ignore),
    modulesBelow(config.routeDir, config.ignore),
    staticFilesBelow(config.staticDir),
  ]);
  const development = config.mode === "development";
  const named = new Map(islandFiles.map(({ name, path }) => [islandName(name), path]));
  const chunks = await bundle({
    root: config.root,
    client: new URL(development ? "../browser/reload.ts" : "../browser/boot.ts", import.meta.url),
    islands: named,
    minify: !development,
  });
  const statics = await Promise.all(staticFiles.map(describe));
  const hashes = await hashesOf(chunks);
  const buildId = await hashText(JSON.stringify([
    [...hashes].sort(),
    statics.map(({ pathname, hash }) => [pathname, hash]),
  ]));

  const folder = `/_fresh/js/${buildId}`;
  const locate = (name: string) => ({ chunk: `${folder}/${name}.js` });
  return {
    buildId,
    client: locate(CLIENT_CHUNK),
    islands: [...named].map(([name, path]) => ({
      name,
      path,
      ...locate(name),
    })),
    routes: routeFiles.map(({ name, path }) => ({
      path,
      name: withoutExtension(name),
    })),
    statics,
    scripts: new Map([...chunks].map(([name, content]) => [
      `${folder}/${name}`,
      { content, hash: hashes.get(name) ?? "" },
    ])),
  };
}

function islandName(name: string): string {
  return withoutExtension(name).replace(/[^\w]/g, "_");
}

async function describe({ path, name }: ProjectFile): Promise<StaticSource> {
  const hash = await hashBytes(await Deno.readFile(path));
  return { path, pathname: `/${name}`, contentType: contentTypeOf(name), hash };
}

/** The content type of a file by its name; text is in UTF-8. */
export function contentTypeOf(name: string): string {
  const type = getMimeType(name) ?? "application/octet-stream";
  return type.replace("charset=utf-8", "charset=UTF-8");
}

async function hashesOf(chunks: Chunks): Promise<Map<string, string>> {
  const entries = [...chunks].map(async ([name, content]) =>
    [name, await hashBytes(content)] as const
  );
  return new Map(await Promise.all(entries));
}

async function hashBytes(bytes: BufferSource): Promise<string> {
  return new Uint8Array(await crypto.subtle.digest("SHA-256", bytes)).toHex()
    .slice(0, 20);
}

function hashText(text: string): Promise<string> {
  return hashBytes(new TextEncoder().encode(text));
}
