import type { Role } from "./role.ts";

/** The actor of an event: a person, a program, or a node. */
export interface Actor {
  /** The name of the person, the token or the node, or what is known of another program. */
  readonly name: string;
  /** Null for nodes and for programs that use the broker directly. */
  readonly role: Role | null;
  /** The client's address; null for nodes. */
  readonly address: string | null;
}

/** An actor with only a name, such as a node. */
export function namedActor(name: string): Actor {
  return { name, role: null, address: null };
}

/** A readable description of an actor: `anna (operator) at 192.0.2.7`. */
export function formatActor({ name, role, address }: Actor): string {
  const who = role === null || role === name ? name : `${name} (${role})`;
  return address === null ? who : `${who} at ${address}`;
}
