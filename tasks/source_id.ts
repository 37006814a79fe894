import { createHash } from "node:crypto";

/** The folders and files that a build depends on, below the project's folder. */
const SOURCES = [
  "components",
  "define.ts",
  "deno.json",
  "deno.lock",
  "fresh.config.ts",
  "islands",
  "lib",
  "main.ts",
  "packages",
  "routes",
  "static",
  "workers",
];

/**
 * Returns a hash of a project's sources, independent of the folder and of file times, so that nodes that build
 * the same sources separately have the same URLs of scripts.
 *
 * @param root The project's folder.
 */
export async function sourceId(root: string): Promise<string> {
  const hash = createHash("sha256");
  for (const name of SOURCES) {
    for (const path of await filesAt(root, name)) {
      const content = createHash("sha256").update(await Deno.readFile(`${root}/${path}`));
      hash.update(`${path}\0${content.digest("hex")}\n`);
    }
  }
  return hash.digest("hex");
}

/** Returns the files at and below a path, sorted; none if it does not exist. */
async function filesAt(root: string, path: string): Promise<string[]> {
  const info = await Deno.stat(`${root}/${path}`).catch((error) => {
    if (error instanceof Deno.errors.NotFound) return null;
    throw error;
  });
  if (info === null) return [];
  if (info.isFile) return [path];
  const names: string[] = [];
  for await (const { name } of Deno.readDir(`${root}/${path}`)) names.push(name);
  const below = await Promise.all(names.sort().map((name) => filesAt(root, `${path}/${name}`)));
  return below.flat();
}
