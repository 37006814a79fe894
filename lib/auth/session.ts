import type { Role } from "./role.ts";
import type { Tokens } from "./token_check.ts";

/** How long a browser stays signed in. */
export const SESSION_MS = 7 * 24 * 3_600_000;

export interface Session {
  role: Role;
  /** Milliseconds since the epoch. */
  expiresAt: number;
}

/** Signed proofs of a sign-in; nothing is stored, so every node with the same tokens knows them. */
export interface Sessions {
  /** A proof for a cookie: letters, digits, `.`, `-` and `_` only. */
  issue(role: Role): Promise<string>;
  /** The session behind a proof, or null when it is forged, has ended, or its token was changed. */
  read(proof: string): Promise<Session | null>;
}

const HMAC = { name: "HMAC", hash: "SHA-256", length: 256 };
const encoder = new TextEncoder();

/** `now` answers milliseconds since the epoch. */
export function createSessions(tokens: Tokens, now: () => number): Sessions {
  const keys = { admin: signingKey(tokens.adminToken), viewer: signingKey(tokens.viewerToken) };

  return {
    async issue(role) {
      const key = await keys[role];
      if (key === null) throw new Error(`Cannot sign in as ${role}: there is no token for it`);
      const claim = `${role}.${now() + SESSION_MS}`;
      const signature = await crypto.subtle.sign(HMAC.name, key, encoder.encode(claim));
      return `${claim}.${
        new Uint8Array(signature).toBase64({ alphabet: "base64url", omitPadding: true })
      }`;
    },
    async read(proof) {
      const parsed = /^(admin|viewer)\.(\d{1,15})\.([\w-]{43})$/.exec(proof);
      const [, role, expires, signed] = parsed ?? [];
      if (!isRole(role) || expires === undefined || signed === undefined) return null;
      const key = await keys[role];
      const expiresAt = Number(expires);
      if (key === null || expiresAt <= now()) return null;
      const signature = signatureBytes(signed);
      if (signature === null) return null;
      const claim = encoder.encode(`${role}.${expires}`);
      const genuine = await crypto.subtle.verify(HMAC.name, key, signature, claim);
      return genuine ? { role, expiresAt } : null;
    },
  };
}

function isRole(text: string | undefined): text is Role {
  return text === "admin" || text === "viewer";
}

function signatureBytes(text: string): Uint8Array<ArrayBuffer> | null {
  try {
    return Uint8Array.fromBase64(text, { alphabet: "base64url" });
  } catch {
    // Not base64url after all, so no signature of ours.
    return null;
  }
}

/** The key that signs a role's sessions. It follows from the token alone: a new token ends them all. */
async function signingKey(token: string | null): Promise<CryptoKey | null> {
  if (token === null) return null;
  const secret = await crypto.subtle.importKey("raw", encoder.encode(token), "HKDF", false, [
    "deriveKey",
  ]);
  const purpose = encoder.encode("millrace session");
  return await crypto.subtle.deriveKey(
    { name: "HKDF", hash: "SHA-256", salt: new Uint8Array(), info: purpose },
    secret,
    HMAC,
    false,
    ["sign", "verify"],
  );
}
