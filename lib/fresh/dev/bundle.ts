import { pathToFileURL } from "node:url";
import { browserConfig } from "./browser_config.ts";
import { filesBelow } from "./project_files.ts";

/** Modules for the browser, by file name. */
export type Chunks = Map<string, Uint8Array<ArrayBuffer>>;

/** What to bundle. */
export interface BundleOptions {
  /** The project's folder. */
  root: string;
  /** What the page's own module is made from. */
  client: URL;
  /** Paths of the modules with islands, by the name that the chunk is to have. */
  islands: ReadonlyMap<string, string>;
  minify: boolean;
}

/** The name of the chunk made from `client`. */
export const CLIENT_CHUNK = "fresh-runtime";

/**
 * Bundles a project's islands for the browser, each in a chunk of its own that exports the
 * module as `island`, and what they share in others.
 *
 * This runs Deno's bundler in a process of its own, as it takes the compiler's settings from the
 * configuration of its process only.
 *
 * @throws When a module cannot be resolved or compiled; the message says which.
 */
export async function bundle({ root, client, islands, minify }: BundleOptions): Promise<Chunks> {
  const folder = await Deno.makeTempDir({ prefix: "fresh-bundle-" });
  try {
    await Deno.writeTextFile(`${folder}/deno.json`, JSON.stringify(await browserConfig(root)));
    await copyLock(root, folder);
    const entries = new Map([[CLIENT_CHUNK, `import ${JSON.stringify(client.href)};\n`]]);
    for (const [name, path] of islands) {
      entries.set(name, `export * as island from ${JSON.stringify(pathToFileURL(path).href)};\n`);
    }
    for (const [name, source] of entries) {
      await Deno.writeTextFile(`${folder}/${name}.ts`, source);
    }
    await runBundler(folder, [...entries.keys()].map((name) => `${name}.ts`), minify);
    const files = await filesBelow(`${folder}/out`);
    return new Map(
      await Promise.all(
        files.map(async ({ name, path }) => [name, await Deno.readFile(path)] as const),
      ),
    );
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
    stdin: "null",
    stdout: "null",
    stderr: "piped",
  }).output();
  if (success) return;
  throw new Error(`Cannot bundle the islands: ${new TextDecoder().decode(stderr).trim()}`);
}

/** Keeps the versions that the project is locked to. */
async function copyLock(root: string, folder: string): Promise<void> {
  try {
    await Deno.copyFile(`${root}/deno.lock`, `${folder}/deno.lock`);
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
  }
}
