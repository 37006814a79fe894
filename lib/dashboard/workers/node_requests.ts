import * as z from "zod/mini";
import {
  createRequests,
  type RequestResult,
  type Requests,
  sendJson,
} from "../requests/requests.ts";

/** The actions on nodes and workers. */
export const NODE_REQUESTS = ["pause", "resume", "concurrency"] as const;
export type NodeRequest = typeof NODE_REQUESTS[number];

export type NodeRequestResult = RequestResult<NodeRequest>;

export interface NodeRequests extends Requests<NodeRequest> {
  command(action: "pause" | "resume", node: string): Promise<void>;
  /** Sets the number of workers on each node. */
  setConcurrency(concurrency: number): Promise<void>;
}

export function createNodeRequests(first: NodeRequestResult | null): NodeRequests {
  const requests = createRequests(first);
  return {
    ...requests,
    async command(action, node) {
      await requests.run({
        name: action,
        subject: node,
        path: `/api/processor/nodes/${encodeURIComponent(node)}/${action}`,
        data: z.unknown(),
        init: { method: "POST" },
      });
    },
    async setConcurrency(concurrency) {
      await requests.run({
        name: "concurrency",
        path: "/api/processor/config",
        data: z.unknown(),
        init: sendJson("PUT", { concurrency }),
      });
    },
  };
}
