import { ConfigError, readConfig } from "../runtime/config.ts";
import { readEnvironment } from "../runtime/environment.ts";
import { toError } from "../runtime/errors.ts";
import { type Node, startNode } from "./node.ts";

let current: Promise<Node> | null = null;

/**
 * Returns the node of this process and starts it on first use. The next caller retries a failed start.
 */
export function currentNode(): Promise<Node> {
  return current ??= startNode(readConfig(readEnvironment())).catch((error) => {
    current = null;
    throw error;
  });
}

let hosted: Promise<Node> | null = null;

/**
 * The node of a process with an external server, such as `deno serve`: the first request starts it,
 * and a signal stops it, since its connections would keep the process alive. Reports a failed start
 * on standard error.
 */
export function hostedNode(): Promise<Node> {
  return hosted ??= startHosted().catch((error) => {
    hosted = null;
    throw error;
  });
}

async function startHosted(): Promise<Node> {
  try {
    const node = await currentNode();
    stopAtSignal(node);
    return node;
  } catch (thrown) {
    const error = toError(thrown);
    const text = error instanceof ConfigError ? error.message : `Cannot start: ${error.message}`;
    Deno.stderr.writeSync(new TextEncoder().encode(`${text}\n`));
    throw error;
  }
}

function stopAtSignal(node: Node) {
  const signals = ["SIGTERM", "SIGINT"] as const;
  async function stop() {
    // The host still handles the signal itself; a second signal ends the process immediately.
    for (const signal of signals) Deno.removeSignalListener(signal, stop);
    await node.hub.stop();
    await node.stop();
    Deno.exit(0);
  }
  for (const signal of signals) Deno.addSignalListener(signal, stop);
}
