import { HttpError } from "fresh";
import { CHANNELS } from "../bus/bus.ts";
import { formatNodeCommand, type NodeCommand } from "../processor/commands.ts";
import type { Node } from "../runtime/node.ts";

/**
 * Commands one node of the system, from whichever node was asked. Throws an `HttpError`: 404 when there
 * is no such node, 409 when it does not listen; and `BrokerUnreachableError`.
 */
export async function commandNode(
  { reporter, bus }: Pick<Node, "reporter" | "bus">,
  command: NodeCommand,
): Promise<void> {
  const { nodes } = await reporter.status();
  const target = nodes.find(({ node }) => node === command.node);
  if (target === undefined) throw new HttpError(404, `There is no node ${command.node}`);
  if (target.lost) {
    throw new HttpError(409, `Cannot ${command.action} node ${command.node}: it is lost`);
  }
  await bus.publish(CHANNELS.commands, formatNodeCommand(command, new Date()));
}
