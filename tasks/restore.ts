/**
 * Creates the embedded database from a file of `deno task backup`: `deno task restore FILE`. The folder
 * is `DATA_DIR`, by default ./data, and must not have a database yet.
 */
import { restoreEmbedded } from "../lib/database/restore_embedded.ts";
import { fileFault } from "../lib/runtime/file_fault.ts";
import { toError } from "../lib/runtime/errors.ts";

const [path] = Deno.args;
const dataDir = Deno.env.get("DATA_DIR") || "./data";
try {
  if (path === undefined) throw new Error("Cannot restore: name the file of the backup");
  const backup = new Blob([await readBackup(path)]);
  await restoreEmbedded(dataDir, backup, (what) => print(Deno.stderr, what));
  print(Deno.stdout, `Restored ${path} to ${dataDir}`);
} catch (thrown) {
  print(Deno.stderr, toError(thrown).message);
  Deno.exit(1);
}

async function readBackup(path: string): Promise<Uint8Array<ArrayBuffer>> {
  try {
    return await Deno.readFile(path);
  } catch (cause) {
    const fault = cause instanceof Deno.errors.NotFound
      ? `there is no file ${path}`
      : `${path} ${fileFault(toError(cause), "read")}`;
    throw new Error(`Cannot restore: ${fault}`, { cause });
  }
}

function print(to: typeof Deno.stdout, line: string) {
  to.writeSync(new TextEncoder().encode(`${line}\n`));
}
