/**
 * Returns the id of a build: derived from the revision in the environment (`DENO_DEPLOYMENT_ID`, or the
 * variable of a CI), so that builds of one revision have the same id; otherwise random.
 */
export async function newBuildId(): Promise<string> {
  const revision = Deno.env.get("DENO_DEPLOYMENT_ID") || Deno.env.get("GITHUB_SHA") ||
    Deno.env.get("CI_COMMIT_SHA") || crypto.randomUUID();
  const hash = await crypto.subtle.digest("SHA-1", new TextEncoder().encode(revision));
  return new Uint8Array(hash).toHex();
}
