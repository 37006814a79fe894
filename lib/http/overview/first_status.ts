import type { FirstStatus } from "../../dashboard/live/live_status.ts";
import { BrokerUnreachableError } from "../../runtime/errors.ts";
import type { Node } from "../../node/node.ts";

/** Returns the latest cached status of the node; during an outage, the last known one. */
export function knownStatus({ statusWatch }: Node): FirstStatus {
  return { status: statusWatch.latest(), trace: statusWatch.trace() };
}

/** The status of this moment; while the broker is away the last one that was known. */
export async function firstStatus(node: Node): Promise<FirstStatus> {
  try {
    node.statusWatch.note(await node.reporter.status());
  } catch (error) {
    if (!(error instanceof BrokerUnreachableError)) throw error;
  }
  return knownStatus(node);
}
