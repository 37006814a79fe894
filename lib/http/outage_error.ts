import { BrokerUnreachableError, DatabaseUnreachableError, isOutage } from "../runtime/errors.ts";

/** Returns the outage that caused an error, or null. */
export function outageOf(
  error: unknown,
): { kind: "broker away" } | { kind: "database away" } | null {
  if (error instanceof BrokerUnreachableError) return { kind: "broker away" };
  if (error instanceof DatabaseUnreachableError) return { kind: "database away" };
  return null;
}

/** Returns data for a page, or `otherwise` during an outage, which the page reports. */
export async function unlessAway<T>(wanted: Promise<T>, otherwise: T): Promise<T> {
  try {
    return await wanted;
  } catch (error) {
    if (isOutage(error)) return otherwise;
    throw error;
  }
}
