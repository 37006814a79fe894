import { getLogger } from "@logtape/logtape";
import { toError } from "../runtime/errors.ts";
import { logContext } from "../runtime/log_context.ts";
import { rawConnections } from "./front/raw_connections.ts";
import { refused } from "./json_response.ts";
import { findUnsendable } from "./header_values.ts";
import { type Fault, findFault } from "./malformed_request.ts";
import { standIn } from "./refusals.ts";

type Handler = (request: Request, info?: Deno.ServeHandlerInfo) => Promise<Response>;

const SWITCHING_PROTOCOLS = 101;
const LOGGED_LENGTH = 200;

/**
 * Wraps the application's handler on any server:
 * - a malformed request gets a 4xx in the application's format and one log line, before any route;
 * - an unhandled error is logged and becomes a 500;
 * - headers that would crash the HTTP writer are not sent;
 * - HEAD is handled as GET, and the server leaves out the body: the framework would send a length of 0, and drop a
 *   body, which may be an open file, without canceling it;
 * - each response has an `X-Request-Id`, which the request's log lines have as well.
 */
export function guarded<App extends { handler(): Handler }>(app: App): App {
  const unguarded = app.handler.bind(app);
  app.handler = () => guard(unguarded());
  return app;
}

function guard(handle: Handler): Handler {
  const logger = getLogger("millrace");

  async function refuse(request: Request, info: Deno.ServeHandlerInfo | undefined, fault: Fault) {
    const { status, message, headers = {} } = fault;
    logger.warning("Rejected with {status}: {message} ({target})", {
      status,
      message,
      target: describeTarget(request),
    });
    const response = await handle(standIn(request, fault), info);
    for (const [name, value] of Object.entries(headers)) response.headers.set(name, value);
    return response;
  }

  async function respond(request: Request, info?: Deno.ServeHandlerInfo): Promise<Response> {
    const fault = findFault(request);
    if (fault !== null) return await refuse(request, info, fault);
    const response = await handle(request.method === "HEAD" ? asGet(request) : request, info);
    const unsendable = findUnsendable(response.headers);
    if (unsendable === null) return response;
    await response.body?.cancel();
    const message = `The request would put a control character into the header ${unsendable}`;
    return await refuse(request, info, { status: 400, message });
  }

  return (request, info) => {
    const id = crypto.randomUUID();
    return logContext.run({ request: id }, async () => {
      try {
        return identified(await respond(request, info), id);
      } catch (thrown) {
        const error = toError(thrown);
        logger.error("Request failed: {error}", { error });
        return identified(refused(request, 500, `Something went wrong; request ${id}`), id);
      }
    });
  };
}

/** Returns a HEAD request as GET, on the same connection. */
function asGet(request: Request): Request {
  const made = new Request(request, { method: "GET" });
  const connection = rawConnections.get(request);
  if (connection !== undefined) rawConnections.set(made, connection);
  return made;
}

/** Adds the request's id to the response. A handshake's response object must not be replaced. */
function identified(response: Response, id: string): Response {
  if (response.status === SWITCHING_PROTOCOLS) return response;
  try {
    response.headers.set("x-request-id", id);
    return response;
  } catch {
    // The headers of some responses, such as those of Response.redirect, are immutable.
    const copy = new Response(response.body, response);
    copy.headers.set("x-request-id", id);
    return copy;
  }
}

/** Returns the raw method and URL, escaped and truncated, as far as available. */
function describeTarget(request: Request): string {
  let url: string;
  try {
    url = request.url;
  } catch (error) {
    url = toError(error).message;
  }
  return JSON.stringify(`${request.method} ${url}`.slice(0, LOGGED_LENGTH));
}
