import type { App } from "fresh";
import { Builder } from "fresh/dev";
import { readConfig } from "../runtime/config.ts";
import { readEnvironment } from "../runtime/environment.ts";

/**
 * Starts this process' node, with the sample in an empty embedded database, and serves the application
 * during development, at `LISTEN` and `PORT`. After a change `deno run --watch` restarts the process,
 * and open pages reload.
 */
export async function serveDuringDevelopment<State>(
  importApp: () => Promise<{ app: App<State> }>,
): Promise<void> {
  const config = readConfig(readEnvironment());
  async function startAndImport() {
    // Imported dynamically, so that the server shows a syntax error and keeps running.
    const [{ hostedNode }, { importSampleOnce }] = await Promise.all([
      import("./current_node.ts"),
      import("./import_sample.ts"),
    ]);
    const node = await hostedNode();
    if (config.sample && config.databaseUrl === null) await importSampleOnce(node);
    return await importApp();
  }
  await new Builder<State>().listen(startAndImport, { port: config.port, hostname: config.listen });
}
