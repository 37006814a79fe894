import { z } from "zod";
import { type Front, type FrontOptions, openFront } from "../http/front/front.ts";
import { importSampleOnce } from "../node/import_sample.ts";
import { type Config, ConfigError, readConfig } from "../runtime/config.ts";
import { readEnvironment } from "../runtime/environment.ts";
import { currentNode } from "./current_node.ts";
import { toError } from "../runtime/errors.ts";
import type { Node } from "./node.ts";
import { isLoopback } from "../runtime/addresses.ts";
import { PREDECESSOR_S, takeOver } from "../runtime/take_over.ts";
import { STALL_MINUTES } from "../database/stall_watch.ts";
import { finishesWithin } from "../runtime/finishes_within.ts";
import { untilSignalled } from "./signals.ts";

/** The timeout for open requests at shutdown. */
const CLOSE_MS = 5_000;
/** The timeout for the whole shutdown: the grace period for articles, and a margin for slow servers. */
const SHUTDOWN_MS = 19_000;

const builtServer = z.object({
  default: z.object({
    fetch: z.custom<
      (request: Request, info: Deno.ServeHandlerInfo) => Response | Promise<Response>
    >(
      (value) => typeof value === "function",
    ),
  }),
});

/**
 * Runs this process' node until a signal ends it: starts it, serves the built application unless its
 * role is worker, and shuts down gracefully in reverse order; so does a stall of the embedded Postgres. Exits 0
 * after a graceful shutdown; 1 when the start failed, with the reason, or the shutdown took more than 20 s because
 * of an unresponsive server.
 */
export async function runNode(importServer: () => Promise<unknown>): Promise<never> {
  let node: Node | null = null;
  let http: Front | null = null;
  try {
    const config = readConfig(readEnvironment());
    node = await currentNode();
    if (config.role !== "worker") http = await serve(config, node, importServer);
    if (config.sample && config.databaseUrl === null) await importSampleOnce(node);
  } catch (error) {
    describeWhyNot(toError(error));
    // Its articles would otherwise wait for the end of its lease.
    if (node !== null) await finishesWithin(SHUTDOWN_MS, node.stop());
    Deno.exit(1);
  }
  await Promise.race([untilSignalled(), untilStalled(node)]);
  const began = performance.now();
  // Sockets close first, so that their clients reconnect to another node during the shutdown.
  await node.hub.stop();
  if (http !== null) await finishesWithin(CLOSE_MS, http.shutdown());
  const inOrder = await finishesWithin(SHUTDOWN_MS - (performance.now() - began), node.stop());
  Deno.exit(inOrder ? 0 : 1);
}

/** Resolves when only a new process helps; what starts the node again gets the exit code 1. */
async function untilStalled({ database, logger }: Node) {
  await database.stalled;
  logger.error(
    "The embedded Postgres has not responded for {minutes} minutes; the node stops, so that it can be started again. Nothing is lost.",
    { minutes: STALL_MINUTES },
  );
}

async function serve(
  config: Config,
  node: Node,
  importServer: () => Promise<unknown>,
): Promise<Front> {
  const { default: server } = builtServer.parse(await importServer());
  const where = { listen: config.listen, port: config.port };
  const open = () =>
    openUnlessUsed({
      port: config.port,
      hostname: config.listen,
      logger: node.logger,
      handler: server.fetch,
      // A proxy represents many clients, and has to limit them itself.
      isUnlimited: (address) => isLoopback(address) || config.trustedProxies.has(address),
    });
  const front = await takeOver(open, {
    seconds: PREDECESSOR_S,
    onWait: () =>
      node.logger.info(
        "Waiting up to {seconds} s for the process that serves at LISTEN {listen}, PORT {port}: it may be a node that stops.",
        { seconds: PREDECESSOR_S, ...where },
      ),
  });
  if (front === null) {
    throw new Error(
      `Cannot start: another process serves at LISTEN ${where.listen}, PORT ${where.port}. ` +
        "Stop it, or give this node another PORT.",
    );
  }
  const { hostname: address, port } = front.addr;
  const hostname = address.includes(":") ? `[${address}]` : address;
  node.logger.info("Serving on http://{hostname}:{port}/", { hostname, port });
  return front;
}

/** Returns null while another process serves there. */
function openUnlessUsed(options: FrontOptions): Front | null {
  try {
    return openFront(options);
  } catch (cause) {
    if (cause instanceof Deno.errors.AddrInUse) return null;
    const where = `LISTEN ${options.hostname}, PORT ${options.port}`;
    const why = toError(cause).message;
    throw new Error(`Cannot start: nothing can be served at ${where}: ${why}`, { cause });
  }
}

function describeWhyNot(error: Error) {
  const isWhole = error instanceof ConfigError || error.message.startsWith("Cannot start");
  const text = isWhole ? error.message : `Cannot start: ${error.message}`;
  Deno.stderr.writeSync(new TextEncoder().encode(`${text}\n`));
}
