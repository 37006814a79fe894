import { BrokerUnreachableError, DatabaseUnreachableError } from "../runtime/errors.ts";

/** Which outage an error tells of; null when it tells of something else. */
export function outageOf(
  error: unknown,
): { kind: "broker away" } | { kind: "database away" } | null {
  if (error instanceof BrokerUnreachableError) return { kind: "broker away" };
  if (error instanceof DatabaseUnreachableError) return { kind: "database away" };
  return null;
}
