import { z } from "zod";

/**
 * A message of `processor:commands`. `remembered`: the wish is in the settings already; a command of
 * another program's has yet to be remembered by whoever hears it.
 */
const command = z.object({
  action: z.enum(["start", "stop", "reload_config"]),
  remembered: z.boolean().default(false),
});

export type Command = z.infer<typeof command>;

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
export function formatCommand(action: Command["action"], at: Date): string {
  return JSON.stringify({ action, timestamp: at.toISOString(), remembered: true });
}
