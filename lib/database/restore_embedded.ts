import { join, resolve } from "node:path";
import { PGlite } from "@electric-sql/pglite";
import { lockEmbedded } from "./embedded.ts";

/**
 * Creates the embedded database under `dataDir` from a backup. Throws if there is already a database, if a
 * process uses the folder and does not stop, or if the file is not a backup; leaves no partial database.
 */
export async function restoreEmbedded(
  dataDir: string,
  backup: Blob,
  onWait: (what: string) => void,
): Promise<void> {
  await requireWhole(backup);
  const root = resolve(dataDir);
  await Deno.mkdir(root, { recursive: true });
  using _lock = await lockEmbedded(root, onWait);
  const folder = join(root, "embedded");
  if (await Deno.stat(folder).catch(() => null) !== null) {
    throw new Error(`Cannot restore: there is a database in ${folder} already; move it away first`);
  }
  const draft = join(root, "embedded.new");
  await Deno.remove(draft, { recursive: true }).catch(() => {});
  try {
    const database = await PGlite.create({ dataDir: draft, loadDataDir: backup });
    await database.close();
  } catch (cause) {
    await Deno.remove(draft, { recursive: true }).catch(() => {});
    throw new Error("Cannot restore: the file is not a backup of Millrace", { cause });
  }
  await Deno.chmod(draft, 0o700);
  await Deno.rename(draft, folder);
}

/** PGlite also throws what it finds damaged outside of its promise, which would end the process. */
async function requireWhole(backup: Blob): Promise<void> {
  const unpacked = backup.stream().pipeThrough(new DecompressionStream("gzip"));
  try {
    await unpacked.pipeTo(new WritableStream());
  } catch (cause) {
    throw new Error("Cannot restore: the file is damaged, incomplete or not a backup of Millrace", {
      cause,
    });
  }
}
