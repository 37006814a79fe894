import { z } from "zod";

const streamActions = z.enum(["start", "stop", "reload_config"]);
const nodeActions = z.enum(["pause", "resume"]);

/** A command to every node, as other programs know it too. */
const streamCommand = z.object({
  action: streamActions,
  /** Whether the wish is in the settings already; another program's has yet to be remembered. */
  remembered: z.boolean().default(false),
});

/** A command to one node; programs that know of no nodes ignore it. */
const nodeCommand = z.object({
  action: nodeActions,
  node: z.string().min(1),
  /** Who asked for it, for the log. */
  by: z.string().default("another program"),
});

const command = z.union([streamCommand, nodeCommand]);

/** A message of `processor:commands`. */
export type Command = z.infer<typeof command>;
export type NodeCommand = z.infer<typeof nodeCommand>;

/** The command in a message, or null when it holds none that is known. */
export function parseCommand(message: string): Command | null {
  try {
    return command.parse(JSON.parse(message));
  } catch {
    // Anybody may publish anything on the channel.
    return null;
  }
}

/** The message for a command whose wish, if any, is in the settings. */
export function formatCommand(action: z.infer<typeof streamActions>, at: Date): string {
  return JSON.stringify({ action, timestamp: at.toISOString(), remembered: true });
}

/** The message for a command to one node. */
export function formatNodeCommand({ action, node, by }: NodeCommand, at: Date): string {
  return JSON.stringify({ action, node, by, timestamp: at.toISOString() });
}

/** The action of a node command in a word from outside, or null. */
export function parseNodeAction(word: unknown): NodeCommand["action"] | null {
  return nodeActions.safeParse(word).data ?? null;
}
