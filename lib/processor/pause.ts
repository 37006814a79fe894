import type { Logger } from "@logtape/logtape";
import { type Bus, CHANNELS } from "../bus/bus.ts";
import { parseCommand } from "./commands.ts";

export interface PauseParts {
  node: string;
  bus: Bus;
  logger: Logger;
  /** Told when the pause begins or ends. */
  onChange: () => void;
}

/**
 * Whether this one node is to leave the stream to the others. A pause ends with `resume`, with the next
 * `start` of the whole stream, so that a start always starts, and with the node itself.
 */
export interface Pause {
  paused(): boolean;
  /** Listens to the commands until the answer is disposed of. */
  follow(): Promise<AsyncDisposable>;
}

export function createPause({ node, bus, logger, onChange }: PauseParts): Pause {
  let paused = false;

  function set(wanted: boolean, by: string) {
    if (paused === wanted) return;
    paused = wanted;
    logger.info(
      wanted ? "Node {node} pauses, as {by} asks." : "Node {node} goes on, as {by} asks.",
      {
        node,
        by,
      },
    );
    onChange();
  }

  function obey(message: string) {
    const command = parseCommand(message);
    if (command === null) return;
    if (command.action === "start") set(false, "the start of the stream");
    if ("node" in command && command.node === node) set(command.action === "pause", command.by);
  }

  return {
    paused: () => paused,
    follow: () => bus.subscribe(CHANNELS.commands, obey),
  };
}
