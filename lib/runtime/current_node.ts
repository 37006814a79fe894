import { readConfig } from "./config.ts";
import { type Node, startNode } from "./node.ts";

let current: Promise<Node> | null = null;

/**
 * The node of this process, started on first use: a host that serves the built application alone has
 * no other moment to start it. A start that failed is tried again by the next caller.
 */
export function currentNode(): Promise<Node> {
  return current ??= startNode(readConfig(Deno.env.toObject())).catch((error) => {
    current = null;
    throw error;
  });
}
