import type { Client } from "../auth/client.ts";
import type { Identity } from "../auth/identity.ts";
import type { Node } from "../node/node.ts";
import type { Role } from "../wire/role.ts";

/** The access information of an admitted request. */
export interface AuthorizedRequest {
  node: Node;
  /** The client's address and proxy. */
  client: Client;
  /** The authenticated actor; null for public routes. */
  identity: Identity | null;
  /** The actor's role; for public routes, the least privileged one. */
  role: Role;
}
