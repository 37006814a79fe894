/** What an application may set. */
export interface FreshConfig {
  /** Whether pages are served for work on them or for use. Default: `"production"`. */
  mode?: "development" | "production";
}

/** The configuration in effect. */
export interface ResolvedFreshConfig {
  /** The project's folder. */
  root: string;
  mode: "development" | "production";
}
