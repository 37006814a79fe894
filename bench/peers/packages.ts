import { createRequire } from "node:module";

/**
 * Loads a package of packages.json, installed beside the bundle. The project itself does not depend on it, so
 * nothing here knows its types.
 */
// deno-lint-ignore no-explicit-any
export const load: (name: string) => any = createRequire(import.meta.url);
