import { type App, type ListenOptions, mountSnapshot } from "../server/app.ts";
import { assemble } from "./assemble.ts";
import { type BuildOptions, resolveConfig, type ResolvedBuildConfig } from "./build_config.ts";
import { memorySnapshot } from "./memory_snapshot.ts";
import { serveDuringDevelopment } from "./dev_server.ts";
import { writeBuild } from "./write_build.ts";

/** Builds an application, or serves it during development. */
// deno-lint-ignore no-explicit-any -- a builder does not depend on the type of the state
export class Builder<State = any> {
  /** The options in effect. */
  config: ResolvedBuildConfig;

  constructor(options: BuildOptions = {}) {
    this.config = resolveConfig(options);
  }

  /**
   * Builds the application: on disk, or in memory for tests.
   *
   * @returns A function that serves an application from a build in memory, with its file routes and
   * islands. A build on disk is served by its own `server.js`.
   */
  async build(
    options: {
      mode?: ResolvedBuildConfig["mode"];
      snapshot?: "disk" | "memory";
    } = {},
  ): Promise<(app: App<State>) => void> {
    this.config.mode = options.mode ?? "production";
    const assembly = await assemble(this.config);
    if (options.snapshot !== "memory") {
      await writeBuild(assembly, this.config);
      return () => {
        throw new Error("Cannot serve this build from here: it is on disk, in server.js");
      };
    }
    const snapshot = await memorySnapshot(assembly, this.config);
    return (app) => mountSnapshot(app, snapshot, this.config.mode);
  }

  /**
   * Serves the application during development. `deno run --watch` restarts the process after a change; open pages then reload, and errors are shown in an overlay.
   *
   * @returns When the server stops, for example because `options.signal` is aborted.
   */
  async listen(
    importApp: () => Promise<{ app: App<State> } | App<State>>,
    options: ListenOptions = {},
  ): Promise<void> {
    this.config.mode = "development";
    const loadApp = async () => {
      const imported = await importApp();
      return "app" in imported ? imported.app : imported;
    };
    await serveDuringDevelopment(loadApp, this.config, options);
  }
}
