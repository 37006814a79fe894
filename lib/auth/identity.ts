import type { Actor } from "../wire/actor.ts";
import type { Role } from "../wire/role.ts";

/** The credential behind an identity, which determines when it ends. */
export type Credential =
  /** A loopback client, when no tokens are required. */
  | { readonly kind: "local" }
  | { readonly kind: "session"; readonly id: string }
  | { readonly kind: "token"; readonly name: string; readonly mark: string }
  /** A proxy vouches for each request separately. */
  | { readonly kind: "proxy" };

/** The sender of a request, with a role. */
export interface Identity {
  readonly actor: Actor & { readonly role: Role };
  readonly credential: Credential;
}
