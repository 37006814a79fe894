import type { Node } from "../../node/node.ts";
import type { NodePage } from "../../wire/node_page.ts";

/** Reads the page of nodes whose names follow `after`. Throws `BrokerUnreachableError`. */
export async function readNodePage(
  { reporter }: Pick<Node, "reporter">,
  { after = "", limit }: { after?: string | undefined; limit: number },
): Promise<NodePage> {
  const status = await reporter.status();
  const all = await reporter.nodes(status);
  const following = all.filter(({ node }) => node > after);
  const nodes = following.slice(0, limit);
  const next = following.length > limit ? nodes.at(-1)?.node ?? null : null;
  return { nodes, total: all.length, next, at: status.at };
}
