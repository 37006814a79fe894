// @ts-types="npm:@types/mime-types@^3.0.1"
import { contentType } from "mime-types";
import { NEW_BUILD_ID } from "../server/new_build_id.ts";
import { bundle, CLIENT_CHUNK } from "./bundle.ts";
import type { Chunks } from "./chunks.ts";
import type { ResolvedBuildConfig } from "./build_config.ts";
import {
  modulesBelow,
  type ProjectFile,
  staticFilesBelow,
  withoutExtension,
} from "./project_files.ts";

/** A module with islands, and its URL path in the browser. */
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

/** The parts of a build, on disk or in memory. */
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

/** Collects and bundles the parts of a project's build. */
export async function assemble(config: ResolvedBuildConfig): Promise<Assembly> {
  const [islandFiles, routeFiles, staticFiles] = await Promise.all([
    modulesBelow(config.islandDir, config.ignore),
    modulesBelow(config.routeDir, config.ignore),
    staticFilesBelow(config.staticDir),
  ]);
  const development = config.mode === "development";
  const client = development ? "../browser/boot_and_reload.ts" : "../browser/boot.ts";
  const named = new Map(islandFiles.map(({ name, path }) => [islandName(name), path]));
  const chunks = await bundle({
    root: config.root,
    client: new URL(client, import.meta.url),
    islands: named,
    minify: !development,
  });
  const statics = await Promise.all(staticFiles.map(describe));
  const hashes = await hashesOf(chunks);
  const folder = `/_fresh/js/${NEW_BUILD_ID}`;
  const locate = (name: string) => ({ chunk: `${folder}/${name}.js` });
  return {
    buildId: NEW_BUILD_ID,
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

/** Returns the content type of a file by its name; text is in UTF-8. */
export function contentTypeOf(name: string): string {
  const extension = /\.\w+$/.exec(name)?.[0];
  const type = extension === undefined ? false : contentType(extension);
  return (type || "text/plain").replace("charset=utf-8", "charset=UTF-8");
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
