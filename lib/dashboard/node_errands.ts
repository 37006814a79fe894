import * as v from "valibot";
import { createErrands, type ErrandResult, type Errands, sendJson } from "./errand.ts";

/** What an operator can do about nodes and workers. */
export const NODE_ERRANDS = ["pause", "resume", "concurrency"] as const;
export type NodeErrand = typeof NODE_ERRANDS[number];

export type NodeErrandResult = ErrandResult<NodeErrand>;

export interface NodeErrands extends Errands<NodeErrand> {
  command(action: "pause" | "resume", node: string): Promise<void>;
  /** Sets the number of workers on each node. */
  setConcurrency(concurrency: number): Promise<void>;
}

export function createNodeErrands(first: NodeErrandResult | null): NodeErrands {
  const errands = createErrands(first);
  return {
    ...errands,
    async command(action, node) {
      await errands.run({
        name: action,
        subject: node,
        path: `/api/processor/nodes/${encodeURIComponent(node)}/${action}`,
        data: v.unknown(),
        init: { method: "POST" },
      });
    },
    async setConcurrency(concurrency) {
      await errands.run({
        name: "concurrency",
        path: "/api/processor/config",
        data: v.unknown(),
        init: sendJson("PUT", { concurrency }),
      });
    },
  };
}
