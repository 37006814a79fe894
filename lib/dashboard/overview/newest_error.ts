import * as z from "zod/mini";
import type { ProcessorStatus } from "../../wire/processor_status.ts";

const failing = z.object({
  last_error: z.object({
    message: z.string(),
    at: z.number(),
    node: z.optional(z.string()),
  }),
});

/** Returns the newest error in the nodes' reports, with its time in ms since the epoch and its node. */
export function newestError({ nodes }: ProcessorStatus): { node: string; at: number } | null {
  const errors = nodes.flatMap((node) => {
    const parsed = failing.safeParse(node).data;
    return parsed === undefined
      ? []
      : [{ node: parsed.last_error.node ?? node.node, at: parsed.last_error.at }];
  });
  return errors.toSorted((one, other) => other.at - one.at)[0] ?? null;
}
