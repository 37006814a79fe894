import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";

const PACKAGES = fileURLToPath(new URL("../packages/", import.meta.url));

/** Returns the folders below packages/ that have a configuration; none if there is no such folder. */
export async function packageFolders(): Promise<string[]> {
  if (!existsSync(PACKAGES)) return [];
  const folders: string[] = [];
  for await (const { name } of Deno.readDir(PACKAGES)) folders.push(`${PACKAGES}${name}`);
  return folders.filter((folder) => existsSync(`${folder}/deno.json`)).sort();
}
