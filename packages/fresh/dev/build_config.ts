import { isAbsolute, join } from "node:path";
import { fileURLToPath } from "node:url";

/** The locations of a project's files. Paths can be absolute, file URLs, or relative to `root`. */
export interface BuildOptions {
  /** The project's folder. Default: the current one. */
  root?: string;
  /** The output folder. Default: `_fresh`. */
  outDir?: string;
  /** Static files. Default: `static`. */
  staticDir?: string;
  /** Modules with islands. Default: `islands`. */
  islandDir?: string;
  /** Modules with routes. Default: `routes`. */
  routeDir?: string;
  /** The module that exports the application as `app`. Default: `main.ts`. */
  serverEntry?: string;
  /** Patterns of modules to ignore. Default: tests. */
  ignore?: RegExp[];
}

/** The options in effect; all paths are absolute. */
export type ResolvedBuildConfig = Required<BuildOptions> & {
  mode: "development" | "production";
};

const TEST_FILE = /[._]test\.(?:[tj]sx?|[mc][tj]s)$/;

/** Resolves `options` to the options in effect. */
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
