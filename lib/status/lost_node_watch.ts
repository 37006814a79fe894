import type { EventRecorder } from "../database/event_recorder.ts";
import { namedActor } from "../wire/actor.ts";
import type { NodeStatus, ProcessorStatus } from "../wire/processor_status.ts";

/** Records lost nodes, which stopped reporting without leaving. */
export interface LostNodeWatch {
  note(status: Pick<ProcessorStatus, "nodes" | "outages">): void;
}

/**
 * Every node detects a loss; the first to append it records it. `onLost` is called for each with the name of
 * the live node that has to log it.
 */
export function watchLostNodes(
  events: Pick<EventRecorder, "record">,
  onLost: (node: NodeStatus, loggedBy: string | undefined) => void = () => {},
): LostNodeWatch {
  /** The recorded lost nodes, with the times when they were last seen. */
  const lost = new Map<string, number>();
  return {
    note({ nodes, outages }) {
      // During an outage of the broker, the other nodes' state is unknown.
      if (outages !== undefined) return;
      const present = new Set(nodes.map(({ node }) => node));
      for (const node of lost.keys()) if (!present.has(node)) lost.delete(node);
      const loggedBy = nodes.find(({ lost: isLost }) => !isLost)?.node;
      for (const each of nodes) {
        const { node, lost: isLost, seen_at: seenAt } = each;
        if (!isLost) {
          lost.delete(node);
        } else if (lost.get(node) !== seenAt) {
          lost.set(node, seenAt);
          onLost(each, loggedBy);
          void events.record({ kind: "node_lost", subject: node, counts: {} }, {
            actor: namedActor(node),
            once: `lost ${node} ${seenAt}`,
          });
        }
      }
    },
  };
}
