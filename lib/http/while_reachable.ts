import { BrokerUnreachableError } from "../runtime/errors.ts";

/** What a page needs of the broker, or `otherwise` while that is away: the page then says so itself. */
export async function whileReachable<T>(asked: Promise<T>, otherwise: T): Promise<T> {
  try {
    return await asked;
  } catch (error) {
    if (error instanceof BrokerUnreachableError) return otherwise;
    throw error;
  }
}
