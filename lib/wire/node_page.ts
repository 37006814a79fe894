import * as z from "zod/mini";
import { nodeStatus } from "./processor_status.ts";

/** The default and maximum number of nodes per page. */
export const NODES_A_PAGE = 50;
export const MOST_NODES_A_PAGE = 200;

/** Some of the nodes, by name. */
export const nodePage = z.object({
  nodes: z.array(nodeStatus),
  /** All nodes, lost ones included. */
  total: z.number(),
  /** The name that the next page begins after; null on the last one. */
  next: z.nullable(z.string()),
  /** When the rows were read, ms since the epoch, on the broker's clock. */
  at: z.number(),
});

export type NodePage = z.infer<typeof nodePage>;
