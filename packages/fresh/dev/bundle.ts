import { pathToFileURL } from "node:url";
import { browserConfig } from "./browser_config.ts";
import type { Chunks } from "./chunks.ts";
import { filesBelow } from "./project_files.ts";
import { withStableNames } from "./stable_names.ts";

/** What to bundle. */
export interface BundleOptions {
  /** The project's folder. */
  root: string;
  /** The entry module of the page. */
  client: URL;
  /** Paths of the modules with islands, by chunk name. */
  islands: ReadonlyMap<string, string>;
  minify: boolean;
}

/** The name of the chunk made from `client`. */
export const CLIENT_CHUNK = "fresh-runtime";

/**
 * Bundles a project's islands for the browser, each in its own chunk that exports the module as `island`; shared code is in further chunks.
 *
 * Runs Deno's bundler in a separate process, because it reads compiler options only from the configuration of its process.
 *
 * @throws If a module cannot be resolved or compiled; the message names it.
 */
export async function bundle({ root, client, islands, minify }: BundleOptions): Promise<Chunks> {
  const folder = await Deno.makeTempDir({ prefix: "fresh-bundle-" });
  try {
    await Deno.writeTextFile(`${folder}/deno.json`, JSON.stringify(await browserConfig(root)));
    await copyLock(root, folder);
    const entries = new Map([[CLIENT_CHUNK, `export * from ${JSON.stringify(client.href)};\n`]]);
    for (const [name, path] of islands) {
      entries.set(name, `export * as island from ${JSON.stringify(pathToFileURL(path).href)};\n`);
    }
    for (const [name, source] of entries) {
      await Deno.writeTextFile(`${folder}/${name}.ts`, source);
    }
    await runBundler(folder, [...entries.keys()].map((name) => `${name}.ts`), minify);
    const files = await filesBelow(`${folder}/out`);
    const read = files.map(async ({ name, path }) => [name, await Deno.readFile(path)] as const);
    return await withStableNames(new Map(await Promise.all(read)));
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

async function runBundler(folder: string, entries: string[], minify: boolean): Promise<void> {
  const { success, stderr } = await new Deno.Command(Deno.execPath(), {
    args: [
      ...[
        "bundle",
        "--quiet",
        "--config",
        `${folder}/deno.json`,
        "--platform",
        "browser",
      ],
      ...[
        "--code-splitting",
        "--outdir",
        `${folder}/out`,
        ...(minify ? ["--minify"] : []),
      ],
      ...entries,
    ],
    cwd: folder,
    env: { NO_COLOR: "1" },
    stdin: "null",
    stdout: "null",
    stderr: "piped",
  }).output();
  if (success) return;
  throw new Error(`Cannot bundle the islands: ${new TextDecoder().decode(stderr).trim()}`);
}

/** Keeps the project's locked versions. */
async function copyLock(root: string, folder: string): Promise<void> {
  try {
    await Deno.copyFile(`${root}/deno.lock`, `${folder}/deno.lock`);
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
  }
}
