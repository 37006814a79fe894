import { clientAddress } from "../auth/address.ts";
import type { Role } from "../auth/role.ts";

/** Who a request is from, as records of changes name it: the role and the address. */
export function visitor(
  { state, info }: { state: { role: Role }; info: Deno.ServeHandlerInfo },
): string {
  return `${state.role} at ${clientAddress(info)}`;
}
