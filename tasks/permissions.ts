/**
 * Prints the flags of `deno run` with the permissions that a node with this environment needs, one per line;
 * ops/run-node.sh passes them on.
 */
import { permissionFlags } from "../lib/node/permission_flags.ts";
import { readEnvironment } from "../lib/runtime/environment.ts";

const lines = permissionFlags(readEnvironment()).map((flag) => `${flag}\n`).join("");
Deno.stdout.writeSync(new TextEncoder().encode(lines));
