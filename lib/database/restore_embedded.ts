import { dirname, join, resolve } from "node:path";
import { PGlite } from "@electric-sql/pglite";
import { LOCK_FILE, lockEmbedded } from "./embedded.ts";

/**
 * Creates the embedded database under `dataDir` from a backup. Throws if there is already a database, if a
 * process uses the folder and does not stop, or if the file is not a backup; leaves no partial database, and no
 * folder that it created.
 */
export async function restoreEmbedded(
  dataDir: string,
  backup: Blob,
  onWait: (what: string) => void,
): Promise<void> {
  await requireWhole(backup);
  const root = resolve(dataDir);
  const missing = await missingFolders(root);
  await Deno.mkdir(root, { recursive: true });
  try {
    using _lock = await lockEmbedded(root, onWait);
    await unpack(backup, root);
  } catch (error) {
    if (missing.length > 0) await removeEmpty(root, missing);
    throw error;
  }
}

/** Returns the folders that have to be created for `folder`, innermost first. */
async function missingFolders(folder: string): Promise<string[]> {
  const isMissing = await Deno.stat(folder).then(() => false, () => true);
  return isMissing ? [folder, ...await missingFolders(dirname(folder))] : [];
}

/** Removes the folders of a restore that failed; stops at one that another process uses by now. */
async function removeEmpty(root: string, folders: string[]): Promise<void> {
  await Deno.remove(join(root, LOCK_FILE));
  for (const folder of folders) {
    const removed = await Deno.remove(folder).then(() => true, () => false);
    if (!removed) return;
  }
}

async function unpack(backup: Blob, root: string): Promise<void> {
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
