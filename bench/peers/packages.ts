import { createRequire } from "node:module";

/**
 * Loads a package of packages.json that is installed beside the bundle. It is untyped, since the project does
 * not depend on it.
 */
// deno-lint-ignore no-explicit-any
export const load: (name: string) => any = createRequire(import.meta.url);
