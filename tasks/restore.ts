/**
 * Creates the embedded database from a file of `deno task backup`: `deno task restore FILE`. The folder
 * is `DATA_DIR`, by default ./data, and must not have a database yet.
 */
import { restoreEmbedded } from "../lib/database/restore_embedded.ts";
import { toError } from "../lib/runtime/errors.ts";

const [path] = Deno.args;
const dataDir = Deno.env.get("DATA_DIR") || "./data";
try {
  if (path === undefined) throw new Error("Cannot restore: name the file of the backup");
  await restoreEmbedded(dataDir, new Blob([await Deno.readFile(path)]));
  Deno.stdout.writeSync(new TextEncoder().encode(`Restored ${path} to ${dataDir}\n`));
} catch (thrown) {
  Deno.stderr.writeSync(new TextEncoder().encode(`${toError(thrown).message}\n`));
  Deno.exit(1);
}
