import { z } from "zod";

const streamActions = z.enum(["start", "stop", "reload_config"]);
const nodeActions = z.enum(["pause", "resume"]);

/** A command to every node; part of the public contract. */
const streamCommand = z.object({
  action: streamActions,
  /** Whether the desired state is already stored; that of another program's command is not yet. */
  remembered: z.boolean().default(false),
});

/** A command to one node; other programs ignore it. */
const nodeCommand = z.object({
  action: nodeActions,
  node: z.string().min(1),
  /** The actor, for the log. */
  by: z.string().default("another program"),
});

const command = z.union([streamCommand, nodeCommand]);

/** A message of `processor:commands`. */
export type Command = z.infer<typeof command>;
export type NodeCommand = z.infer<typeof nodeCommand>;

/** Parses a message; returns null for an unknown command. */
export function parseCommand(message: string): Command | null {
  try {
    return command.parse(JSON.parse(message));
  } catch {
    // Any program can publish on the channel.
    return null;
  }
}

/** Returns the message of a command at `at`, ms since the epoch, whose desired state, if any, is already stored. */
export function formatCommand(action: z.infer<typeof streamActions>, at: number): string {
  return JSON.stringify({ action, timestamp: new Date(at).toISOString(), remembered: true });
}

/** Returns the message of a command to one node at `at`, ms since the epoch. */
export function formatNodeCommand({ action, node, by }: NodeCommand, at: number): string {
  return JSON.stringify({ action, node, by, timestamp: new Date(at).toISOString() });
}

/** Parses the action of a node command, or returns null. */
export function parseNodeAction(word: unknown): NodeCommand["action"] | null {
  return nodeActions.safeParse(word).data ?? null;
}
