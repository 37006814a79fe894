import type { Role } from "../wire/role.ts";

/** A token, known by its digest. */
export interface KnownToken {
  readonly name: string;
  readonly role: Role;
  /** SHA-256. */
  readonly digest: Uint8Array;
}
