import { BrokerUnreachableError } from "../runtime/errors.ts";
import type { Node } from "../runtime/node.ts";
import type { ProcessorStatus } from "../status/processor_status.ts";

/** The status that a page is made with; null while the broker is away, which the page says itself. */
export async function firstStatus({ reporter }: Node): Promise<ProcessorStatus | null> {
  try {
    return await reporter.status();
  } catch (error) {
    if (error instanceof BrokerUnreachableError) return null;
    throw error;
  }
}
