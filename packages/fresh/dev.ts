export type { BuildOptions, ResolvedBuildConfig } from "./dev/build_config.ts";
export { Builder } from "./dev/builder.ts";
