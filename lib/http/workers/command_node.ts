import { HttpError } from "fresh";
import { CHANNELS } from "../../bus/bus.ts";
import { formatNodeCommand, type NodeCommand } from "../../processor/node_commands.ts";
import { audited } from "../../database/event_recorder.ts";
import { type Actor, formatActor } from "../../wire/actor.ts";
import type { Node } from "../../node/node.ts";

/**
 * Sends a command to a node, from any node. Throws an `HttpError`: 404 for an unknown node, 409 when it does
 * not listen; and `BrokerUnreachableError`.
 */
export async function commandNode(
  { reporter, bus, events, clock }: Pick<Node, "reporter" | "bus" | "events" | "clock">,
  { action, node, by }: Pick<NodeCommand, "action" | "node"> & { by: Actor },
): Promise<void> {
  const nodes = await reporter.nodes(await reporter.status());
  const target = nodes.find((each) => each.node === node);
  if (target === undefined) throw new HttpError(404, `There is no node ${node}`);
  if (target.lost) {
    throw new HttpError(409, `Cannot ${action} node ${node}: it is lost`);
  }
  await audited(events, by, () => ({ kind: action, subject: node, counts: {} }), async () => {
    const command = { action, node, by: formatActor(by) };
    await bus.publish(CHANNELS.commands, formatNodeCommand(command, clock.now()));
  });
}
