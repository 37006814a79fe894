import { createHmac, randomBytes, timingSafeEqual } from "node:crypto";
import type { Role } from "./role.ts";

/** The tokens of the configuration; null where a role has none. */
export interface Tokens {
  adminToken: string | null;
  viewerToken: string | null;
}

/**
 * Answers the role that a token stands for, or null. Tokens are compared by digests under a key of
 * this process alone, in constant time, so that an answer's delay says nothing of what was expected.
 */
export function createTokenCheck(tokens: Tokens): (token: string) => Role | null {
  const key = randomBytes(32);
  const digest = (token: string) => createHmac("sha256", key).update(token).digest();
  const admin = tokens.adminToken === null ? null : digest(tokens.adminToken);
  const viewer = tokens.viewerToken === null ? null : digest(tokens.viewerToken);
  return (token) => {
    const given = digest(token);
    const isAdmin = admin !== null && timingSafeEqual(given, admin);
    const isViewer = viewer !== null && timingSafeEqual(given, viewer);
    if (isAdmin) return "admin";
    return isViewer ? "viewer" : null;
  };
}
