import { z } from "zod";
import { importSampleOnce } from "../intake/sample.ts";
import { type Config, ConfigError, readConfig } from "./config.ts";
import { currentNode } from "./current_node.ts";
import { toError } from "./errors.ts";
import type { Node } from "./node.ts";
import { sleep } from "./sleep.ts";
import { untilSignalled } from "./shutdown.ts";

const CLOSE_MS = 5_000;

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
 * role is worker, stops in the reverse order, and exits: 0 after an orderly stop, 1 when it could not
 * start, with a sentence that says why.
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
  await closeWithin(http, CLOSE_MS);
  await node.stop();
  Deno.exit(0);
}

/** Lets requests under way finish, but does not wait for an endless one. */
async function closeWithin(http: Deno.HttpServer | null, ms: number) {
  const enough = new AbortController();
  await Promise.race([http?.shutdown(), sleep(ms, enough.signal)]);
  enough.abort();
}

async function serve(
  config: Config,
  node: Node,
  importServer: () => Promise<unknown>,
): Promise<Deno.HttpServer> {
  const { default: server } = builtServer.parse(await importServer());
  return Deno.serve({
    port: config.port,
    hostname: config.hostname,
    onListen: ({ hostname, port }) =>
      node.logger.info("Serving on http://{hostname}:{port}/", { hostname, port }),
  }, server.fetch);
}

function sayWhyNot(error: Error) {
  const text = error instanceof ConfigError ? error.message : `Cannot start: ${error.message}`;
  Deno.stderr.writeSync(new TextEncoder().encode(`${text}\n`));
}
