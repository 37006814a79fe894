/**
 * The revision of the code from the environment of a host or a CI, if there is one. As on the published framework, it
 * is read when the framework is loaded, so every process needs the permission to read these variables.
 */
export const REVISION: string | undefined = Deno.env.get("DENO_DEPLOYMENT_ID") ||
  Deno.env.get("GITHUB_SHA") || Deno.env.get("CI_COMMIT_SHA") || undefined;
