import { isAbsolute, join } from "node:path";
import { fileURLToPath } from "node:url";

/**
 * Where a project keeps what. Paths may be absolute, file URLs, or relative to `root`.
 */
export interface BuildOptions {
  /** The project's folder. Default: the current one. */
  root?: string;
  /** Where a build is written to. Default: `_fresh`. */
  outDir?: string;
  /** Files to be served as they are. Default: `static`. */
  staticDir?: string;
  /** Modules with islands. Default: `islands`. */
  islandDir?: string;
  /** Modules with routes. Default: `routes`. */
  routeDir?: string;
  /** The module that exports the application as `app`. Default: `main.ts`. */
  serverEntry?: string;
  /** Modules to be left out. Default: tests. */
  ignore?: RegExp[];
}

/** The options in effect; all paths are absolute. */
export type ResolvedBuildConfig = Required<BuildOptions> & {
  mode: "development" | "production";
};

const TEST_FILE = /[._]test\.(?:[tj]sx?|[mc][tj]s)$/;

/** The options in effect where `options` are given, for a build for use. */
export function resolveConfig(options: BuildOptions): ResolvedBuildConfig {
  const root = resolvePath(options.root ?? ".", Deno.cwd());
  return {
    root,
    outDir: resolvePath(options.outDir ?? "_fresh", root),
    staticDir: resolvePath(options.staticDir ?? "static", root),
    islandDir: resolvePath(options.islandDir ?? "islands", root),
    routeDir: resolvePath(options.routeDir ?? "routes", root),
    serverEntry: resolvePath(options.serverEntry ?? "main.ts", root),
    ignore: options.ignore ?? [TEST_FILE],
    mode: "production",
  };
}

function resolvePath(path: string, base: string): string {
  const plain = path.startsWith("file://") ? fileURLToPath(path) : path;
  const whole = isAbsolute(plain) ? plain : join(base, plain);
  return whole.length > 1 ? whole.replace(/[/\\]$/, "") : whole;
}
