import { toError } from "./errors.ts";

/**
 * Creates the folder `DATA_DIR` unless it exists. Throws an error that names it when it cannot be created or
 * written.
 */
export async function createDataFolder(dataDir: string): Promise<void> {
  try {
    await Deno.mkdir(dataDir, { recursive: true });
    await Deno.remove(await Deno.makeTempFile({ dir: dataDir, prefix: ".writable-" }));
  } catch (cause) {
    throw new Error(`Cannot start: DATA_DIR ${dataDir} ${whyNot(toError(cause))}`, { cause });
  }
}

function whyNot(error: Error): string {
  // Deno reserves some folders, such as /proc, and its advice to allow everything is of no use here.
  if (error instanceof Deno.errors.NotCapable) return "is not a folder for data";
  if (error instanceof Deno.errors.PermissionDenied) return "may not be written by this user";
  if (error instanceof Deno.errors.AlreadyExists) return "is not a folder";
  if (error instanceof Deno.errors.NotADirectory) return "is below a file";
  return `cannot be used: ${error.message}`;
}
