import { relative } from "node:path";
import { brotliCompressSync } from "node:zlib";
import { type Assembly, contentTypeOf } from "./assemble.ts";
import type { ResolvedBuildConfig } from "./build_config.ts";
import type { BuiltFile } from "../server/mount.ts";

/**
 * Writes a build to the output folder, in place of the one before: the browser's modules,
 * `server.js`, which answers requests, and `compiled-entry.js`, which serves it.
 */
export async function writeBuild(assembly: Assembly, config: ResolvedBuildConfig): Promise<void> {
  const { outDir } = config;
  await removeFolder(`${outDir}/static`);
  for (const [pathname, { content }] of assembly.scripts) {
    const path = `${outDir}/static${pathname}`;
    await Deno.mkdir(path.slice(0, path.lastIndexOf("/")), { recursive: true });
    await Deno.writeFile(path, content);
    // What is sent to every browser is worth the slowest compression, once.
    await Deno.writeFile(`${path}.br`, brotliCompressSync(content));
  }
  await Deno.writeTextFile(`${outDir}/server.js`, serverSource(assembly, config));
  await Deno.writeTextFile(`${outDir}/compiled-entry.js`, ENTRY_SOURCE);
}

async function removeFolder(path: string): Promise<void> {
  try {
    await Deno.remove(path, { recursive: true });
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
  }
}

const ENTRY_SOURCE = `// Made by the build.
import server from "./server.js";

const port = Deno.env.get("PORT");
const hostname = Deno.env.get("HOSTNAME");
Deno.serve({
  ...(port !== undefined && { port: Number(port) }),
  ...(hostname !== undefined && { hostname }),
}, server.fetch);
`;

function serverSource(assembly: Assembly, config: ResolvedBuildConfig): string {
  const { outDir, root, serverEntry } = config;
  const at = (path: string) => JSON.stringify(specifier(outDir, path));
  const { islands, routes } = assembly;
  return `// Made by the build.
import { mount } from "fresh/internal";
import { app } from ${at(serverEntry)};
${
    islands.map(({ path }, i) => `import * as island${i} from ${at(path)};`)
      .join("\n")
  }
${routes.map(({ path }, i) => `import * as route${i} from ${at(path)};`).join("\n")}

export default {
  fetch: mount(app, {
    buildId: ${JSON.stringify(assembly.buildId)},
    root: new URL(${at(`${root}/`)}, import.meta.url),
    folder: new URL("./", import.meta.url),
    client: ${JSON.stringify(assembly.client)},
    islands: [
${
    islands.map(({ name, chunk }, i) =>
      `      { module: island${i}, ...${JSON.stringify({ name, chunk })} },`
    ).join("\n")
  }
    ],
    routes: [
${
    routes.map(({ name }, i) => `      { module: route${i}, path: ${JSON.stringify(name)} },`)
      .join("\n")
  }
    ],
    files: ${JSON.stringify(filesOf(assembly, outDir), null, 2).replaceAll("\n", "\n    ")},
  }),
};
`;
}

/** The static files of a build, by URL path; the folder of the build is what their paths are from. */
function filesOf({ statics, scripts }: Assembly, outDir: string): Record<string, BuiltFile> {
  const ofProject = statics.map(({ pathname, path, contentType, hash }): [string, BuiltFile] => [
    pathname,
    { path: specifier(outDir, path), contentType, hash },
  ]);
  const ofBuild = [...scripts].map(([pathname, { hash }]): [string, BuiltFile] => [
    pathname,
    { path: `./static${pathname}`, contentType: contentTypeOf(pathname), hash, hasBrotli: true },
  ]);
  return Object.fromEntries([...ofProject, ...ofBuild]);
}

/** A relative URL that leads from a folder to a path. */
function specifier(folder: string, path: string): string {
  const url = relative(folder, path).replaceAll("\\", "/").split("/").map(encodeURIComponent);
  const slash = path.endsWith("/") ? "/" : "";
  return `${url[0] === ".." ? "" : "./"}${url.join("/")}${slash}`;
}
