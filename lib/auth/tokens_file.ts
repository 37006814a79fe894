import { isRole, ROLES } from "../wire/role.ts";
import type { KnownToken } from "./known_token.ts";

const LINE = /^(\S+)\s+(\S+)\s+([\da-f]{64})$/i;

/**
 * Parses a tokens file: `name role sha256` on each line, the SHA-256 of the token in hexadecimal;
 * empty lines and lines that start with `#` are ignored. Throws an error that lists the invalid
 * lines without their contents.
 */
export function parseTokensFile(text: string): KnownToken[] {
  const tokens: KnownToken[] = [];
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
