import type { Actor } from "../wire/actor.ts";
import type { AuthorizedRequest } from "./authorized_request.ts";

/** The authenticated sender of a request. */
export function actor(
  { state: { identity, client } }: { state: Pick<AuthorizedRequest, "identity" | "client"> },
): Actor {
  return identity?.actor ?? { name: "unknown", role: null, address: client.address };
}
