import { isRole, type Role, ROLES } from "../wire/role.ts";

/** One row of the table that assigns roles to people signed on by a proxy. */
export interface ProxyRole {
  readonly who: "group" | "user" | "anyone";
  /** The group's or the user's name; empty for anyone. */
  readonly name: string;
  readonly role: Role;
}

/**
 * Parses entries such as `group:ops=operator`, `user:anna@example.org=admin` and `*=viewer`. Groups
 * and users have separate namespaces, so that no user gets a group's role by choosing its name. Throws a
 * `RangeError` that names the invalid entry.
 */
export function parseProxyRoles(entries: readonly string[]): ProxyRole[] {
  return entries.map((entry) => {
    const [, left = "", role = ""] = /^(.+)=([^=]+)$/.exec(entry) ?? [];
    const [, who, name = ""] = /^(group|user):(.+)$/.exec(left) ?? [];
    if (!isRole(role) || left !== "*" && who === undefined) {
      throw new RangeError(
        `"${entry}" is not a valid entry; use for example group:ops=operator or *=viewer (${
          ROLES.join(", ")
        })`,
      );
    }
    return { who: who === "group" || who === "user" ? who : "anyone", name, role };
  });
}
