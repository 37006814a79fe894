import type { Queue } from "../queue/queue.ts";
import { clusterOf } from "../wire/cluster_sums.ts";
import { type NodeStatus, nodeStatus, type ProcessorStatus } from "../wire/processor_status.ts";

/** The rows of all nodes, by name: those of the status when it lists all, else the queue's. */
export async function readAllNodes(
  queue: Pick<Queue, "nodes">,
  status: Pick<ProcessorStatus, "cluster" | "nodes">,
): Promise<NodeStatus[]> {
  const { live, lost } = clusterOf(status);
  if (status.nodes.length === live + lost) return status.nodes;
  const rows = (await queue.nodes()).flatMap((row) =>
    nodeStatus.safeParse(JSON.parse(row)).data ?? []
  );
  return rows.sort((a, b) => a.node < b.node ? -1 : 1);
}
