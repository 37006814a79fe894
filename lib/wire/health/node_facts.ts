import * as z from "zod/mini";
import type { NodeStatus } from "../processor_status.ts";

/** The optional fields of a node's row that the health depends on. */
const nodeFacts = z.object({
  outages: z.optional(z.array(z.enum(["broker", "database"]))),
});
export type NodeFacts = z.infer<typeof nodeFacts>;

/** Parses a node's row; a row of another version is ignored. */
export function nodeFactsOf(node: NodeStatus): NodeFacts {
  return nodeFacts.safeParse(node).data ?? {};
}
