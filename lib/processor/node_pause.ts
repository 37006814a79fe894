import type { Logger } from "@logtape/logtape";
import { type Bus, CHANNELS } from "../bus/bus.ts";
import { parseCommand } from "./node_commands.ts";

export interface PauseParts {
  node: string;
  bus: Bus;
  logger: Logger;
  /** Called when the pause starts or ends. */
  onChange: () => void;
}

/**
 * The pause of a single node. It ends with `resume`, with the next `start` of the whole stream, and with the
 * node's process.
 */
export interface Pause {
  paused(): boolean;
  /** Subscribes to the commands until the returned object is disposed. */
  follow(): Promise<AsyncDisposable>;
}

export function createPause({ node, bus, logger, onChange }: PauseParts): Pause {
  let paused = false;

  /** `by` is null for the start of the stream. */
  function set(wanted: boolean, by: string | null) {
    if (paused === wanted) return;
    paused = wanted;
    if (by === null) logger.info("Node {node} is resumed by the start of the stream.", { node });
    else {
      logger.info(
        wanted ? "Node {node} is paused by {by}." : "Node {node} is resumed by {by}.",
        { node, by },
      );
    }
    onChange();
  }

  function obey(message: string) {
    const command = parseCommand(message);
    if (command === null) return;
    if (command.action === "start") set(false, null);
    if ("node" in command && command.node === node) set(command.action === "pause", command.by);
  }

  return {
    paused: () => paused,
    follow: () => bus.subscribe(CHANNELS.commands, obey),
  };
}
