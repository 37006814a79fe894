import type { Identity } from "./identity.ts";

/** The access decision on a request. Messages are sentences for the client. */
export type Decision =
  /** `identity` is null where no sign-in is required; a new key replaces the one in the cookie. */
  | { kind: "allowed"; identity: Identity | null; newKey: string | null }
  /** Not authenticated: sign in, or send a token. */
  | { kind: "unknown"; message: string }
  /** `identity` is null where the request itself is refused, regardless of its sender. */
  | { kind: "forbidden"; message: string; identity: Identity | null }
  | { kind: "throttled"; message: string; waitSeconds: number };
