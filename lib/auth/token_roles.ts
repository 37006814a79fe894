import { createHash } from "node:crypto";
import { isRole, type Role, ROLES } from "../wire/role.ts";

/** A configured token, stored as its digest. */
export interface AccessToken {
  readonly name: string;
  readonly role: Role;
  /** SHA-256. */
  readonly digest: Uint8Array;
}

/** The tokens of the environment. */
export interface EnvironmentTokens {
  readonly adminToken: string | null;
  readonly viewerToken: string | null;
}

/** Returns `ADMIN_TOKEN` with the role admin and `VIEWER_TOKEN` with the role viewer, each named after its role. */
export function environmentTokens({ adminToken, viewerToken }: EnvironmentTokens): AccessToken[] {
  const given = [["admin", adminToken], ["viewer", viewerToken]] as const;
  return given.flatMap(([role, token]) =>
    token === null ? [] : [{ name: role, role, digest: tokenDigest(token) }]
  );
}

const LINE = /^(\S+)\s+(\S+)\s+([\da-f]{64})$/i;

/**
 * Parses a tokens file (`TOKENS_FILE`): `name role sha256` on each line, the SHA-256 of the token in hexadecimal;
 * empty lines and lines that start with `#` are ignored. Throws an error that lists the invalid
 * lines without their contents.
 */
export function parseTokensFile(text: string): AccessToken[] {
  const tokens: AccessToken[] = [];
  const faults: string[] = [];
  for (const [index, whole] of text.split("\n").entries()) {
    const line = whole.trim();
    if (line === "" || line.startsWith("#")) continue;
    const [, name, role, digest] = LINE.exec(line) ?? [];
    const fault = (why: string) => faults.push(`line ${index + 1} ${why}`);
    if (name === undefined || digest === undefined) fault("is not: name role sha256");
    else if (!isRole(role)) fault(`has a role other than ${ROLES.join(", ")}`);
    else if (tokens.some((each) => each.name === name)) fault(`names ${name} again`);
    else if (tokens.some((each) => each.digest.toHex() === digest.toLowerCase())) {
      fault("has the token of another line");
    } else tokens.push({ name, role, digest: Uint8Array.fromHex(digest) });
  }
  if (faults.length > 0) throw new Error(faults.join("; "));
  return tokens;
}

/** Returns the SHA-256 of a token. */
export function tokenDigest(token: string): Uint8Array {
  return createHash("sha256").update(token).digest();
}
