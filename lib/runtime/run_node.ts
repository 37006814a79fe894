import { z } from "zod";
import { importSampleOnce } from "../intake/sample.ts";
import { type Config, ConfigError, readConfig } from "./config.ts";
import { currentNode } from "./current_node.ts";
import { toError } from "./errors.ts";
import type { Node } from "./node.ts";
import { sleep } from "./sleep.ts";
import { untilSignalled } from "./shutdown.ts";

/** How long requests under way may take. */
const CLOSE_MS = 5_000;
/** The grace of what is being processed, and some more for servers that do not answer. */
const STOP_MS = 14_000;

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
 * role is worker, stops in the reverse order, and exits: 0 after an orderly stop; 1 when it could not
 * start, with a sentence that says why, or could not stop in 20 s, for a server did not answer.
 */
export async function runNode(importServer: () => Promise<unknown>): Promise<never> {
  let node: Node;
  let http: Deno.HttpServer | null = null;
  try {
    const config = readConfig(Deno.env.toObject());
    node = await currentNode();
    if (config.role !== "worker") http = await serve(config, node, importServer);
    if (config.sample && config.databaseUrl === null) await importSampleOnce(node);
  } catch (error) {
    sayWhyNot(toError(error));
    Deno.exit(1);
  }
  await untilSignalled();
  // Sockets are told first, so that viewers look for another node while this one finishes.
  await node.hub.stop();
  if (http !== null) await within(CLOSE_MS, http.shutdown());
  const inOrder = await within(STOP_MS, node.stop());
  Deno.exit(inOrder ? 0 : 1);
}

/** Waits for `work`, but not for ever; answers whether it is done. */
async function within(ms: number, work: Promise<void>): Promise<boolean> {
  const enough = new AbortController();
  const late = sleep(ms, enough.signal).then(() => false);
  try {
    return await Promise.race([work.then(() => true), late]);
  } finally {
    enough.abort();
  }
}

async function serve(
  config: Config,
  node: Node,
  importServer: () => Promise<unknown>,
): Promise<Deno.HttpServer> {
  const { default: server } = builtServer.parse(await importServer());
  try {
    return Deno.serve({
      port: config.port,
      hostname: config.hostname,
      onListen: ({ hostname, port }) =>
        node.logger.info("Serving on http://{hostname}:{port}/", { hostname, port }),
    }, server.fetch);
  } catch (cause) {
    const where = `HOSTNAME ${config.hostname}, PORT ${config.port}`;
    throw new Error(`Cannot start: nothing can be served at ${where}: ${toError(cause).message}`, {
      cause,
    });
  }
}

function sayWhyNot(error: Error) {
  const isWhole = error instanceof ConfigError || error.message.startsWith("Cannot start");
  const text = isWhole ? error.message : `Cannot start: ${error.message}`;
  Deno.stderr.writeSync(new TextEncoder().encode(`${text}\n`));
}
