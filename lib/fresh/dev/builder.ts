import { type App, type ListenOptions, mountSnapshot } from "../server/app.ts";
import { assemble } from "./assemble.ts";
import { type BuildOptions, resolveConfig, type ResolvedBuildConfig } from "./build_config.ts";
import { memorySnapshot } from "./memory_snapshot.ts";
import { serveWhileEditing } from "./dev_server.ts";
import { writeBuild } from "./write_build.ts";

/** Builds an application, or serves it while it is being worked on. */
// deno-lint-ignore no-explicit-any -- a builder need not know what the requests carry
export class Builder<State = any> {
  /** The options in effect. */
  config: ResolvedBuildConfig;

  constructor(options: BuildOptions = {}) {
    this.config = resolveConfig(options);
  }

  /**
   * Builds the application: on disk, or in memory for tests.
   *
   * @returns What has an application served from a build in memory, with its file routes and
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
   * Serves the application while it is being worked on: islands and static files that change are
   * taken over, and browsers reload. What runs on the server changes with a restart only, which
   * `deno run --watch` does.
   *
   * @returns When the server ends, as it does when `options.signal` is aborted.
   */
  async listen(
    importApp: () => Promise<{ app: App<State> } | App<State>>,
    options: ListenOptions = {},
  ): Promise<void> {
    this.config.mode = "development";
    const imported = await importApp();
    const app = "app" in imported ? imported.app : imported;
    await serveWhileEditing(app, this.config, options);
  }
}
