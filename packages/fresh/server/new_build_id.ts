/**
 * The id of the builds that this process makes: derived from the revision in the environment of a host or a CI, so that
 * builds of one revision have the same id, and random without one. As on the published framework, it is made when the
 * framework is loaded: every process needs the permission to read these variables, and modules that do not wait for it
 * are evaluated before the framework.
 */
export const NEW_BUILD_ID: string = await idOf(
  Deno.env.get("DENO_DEPLOYMENT_ID") || Deno.env.get("GITHUB_SHA") ||
    Deno.env.get("CI_COMMIT_SHA") || crypto.randomUUID(),
);

async function idOf(revision: string): Promise<string> {
  const hash = await crypto.subtle.digest("SHA-1", new TextEncoder().encode(revision));
  return new Uint8Array(hash).toHex();
}
