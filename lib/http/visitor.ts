import type { Context } from "fresh";
import { clientAddress } from "../auth/address.ts";
import type { Role } from "../auth/role.ts";

/** Who a request is from, as records of changes name it: the role and the address. */
export function visitor(ctx: Context<{ role: Role }>): string {
  return `${ctx.state.role} at ${clientAddress(ctx.info)}`;
}
