/** The configuration options of an application. */
export interface FreshConfig {
  /** The base path of the application, such as `/millrace`. Default: none. */
  basePath?: string;
  /** Whether pages are served during development or in production. Default: `"production"`. */
  mode?: "development" | "production";
}

/** The configuration in effect. */
export interface ResolvedFreshConfig {
  /** The project's folder. */
  root: string;
  /** The base path of the application, or empty. */
  basePath: string;
  mode: "development" | "production";
}
