import { REVISION } from "../server/revision.ts";

/** Returns the id of a build: derived from the revision, so that its builds have the same id, or random. */
export async function newBuildId(): Promise<string> {
  const revision = REVISION ?? crypto.randomUUID();
  const hash = await crypto.subtle.digest("SHA-1", new TextEncoder().encode(revision));
  return new Uint8Array(hash).toHex();
}
