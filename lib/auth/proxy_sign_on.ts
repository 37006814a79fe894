import type { ProxySignOn } from "../runtime/config.ts";
import { type Role, ROLES } from "../wire/role.ts";

/** A person signed on by a proxy; the role is null when the table has none. */
export interface SignedOn {
  name: string;
  role: Role | null;
}

/**
 * Returns the person in the proxy's headers, or null when there is none. For requests from trusted proxies only,
 * since any client can send these headers. The strongest of several roles applies.
 */
export function readSignedOn(
  { headers }: Pick<Request, "headers">,
  { userHeader, groupsHeader, roles }: ProxySignOn,
): SignedOn | null {
  const name = decode(headers.get(userHeader) ?? "").trim();
  if (name === "") return null;
  const groups = decode(groupsHeader === null ? "" : headers.get(groupsHeader) ?? "")
    .split(",").map((group) => group.trim());
  const given = roles.filter(({ who, name: wanted }) => {
    if (who === "user") return wanted === name;
    return who === "anyone" || groups.includes(wanted);
  });
  const strongest = Math.max(-1, ...given.map(({ role }) => ROLES.indexOf(role)));
  return { name, role: ROLES[strongest] ?? null };
}

/** The runtime decodes headers as Latin-1; proxies encode them as UTF-8. */
function decode(value: string): string {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(
      Uint8Array.from(value, (character) => character.charCodeAt(0)),
    );
  } catch {
    return value;
  }
}
