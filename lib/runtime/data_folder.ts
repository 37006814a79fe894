import { toError } from "./errors.ts";
import { fileFault } from "./file_fault.ts";

/**
 * Creates the folder `DATA_DIR` unless it exists. Throws an error that names it when it cannot be created or
 * written.
 */
export async function createDataFolder(dataDir: string): Promise<void> {
  try {
    await Deno.mkdir(dataDir, { recursive: true });
    await Deno.remove(await Deno.makeTempFile({ dir: dataDir, prefix: ".writable-" }));
  } catch (cause) {
    const isFile = cause instanceof Deno.errors.AlreadyExists;
    const fault = isFile ? "is not a folder" : fileFault(toError(cause), "written");
    throw new Error(`Cannot start: DATA_DIR ${dataDir} ${fault}`, { cause });
  }
}
