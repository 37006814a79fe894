import type { Context } from "fresh";
import { SOCKETS_PER_ADDRESS } from "../auth/socket_quota.ts";
import { isUpgrade } from "../auth/csrf.ts";
import type { Node } from "../node/node.ts";
import type { WatchedSocket } from "../live/socket_backpressure.ts";
import type { AuthorizedRequest } from "./authorized_request.ts";
import { refused } from "./json_response.ts";
import { FrontSocket } from "./front/front_socket.ts";
import { rawConnections } from "./front/raw_connections.ts";

const TOO_MANY = `This address holds ${SOCKETS_PER_ADDRESS} sockets already`;
/**
 * The pong timeout. Longer than the limit for slow clients, so that a slow one gets its close code first.
 */
const SILENCE_SECONDS = 60;

/**
 * Upgrades a request to a WebSocket and passes it to `attach`. Before the upgrade, responds with 429 when the
 * address has too many sockets, 426 when the request is no handshake. Browsers hide the reason of a failed
 * handshake from the page, which gets the same status by a plain request to the same URL.
 */
export function openSocket<State extends AuthorizedRequest>(
  ctx: Context<State>,
  attach: (socket: WatchedSocket, node: Node) => void,
): Response {
  const { node, identity, client: { address } } = ctx.state;
  if (node.socketQuota.isFull(address)) return refused(ctx.req, 429, TOO_MANY);
  if (!isUpgrade(ctx.req)) {
    return refused(ctx.req, 426, "This address supports only WebSocket", {
      headers: { upgrade: "websocket" },
    });
  }
  const giveBack = node.socketQuota.take(address);
  if (giveBack === null) return refused(ctx.req, 429, TOO_MANY);

  function open(socket: WatchedSocket) {
    if (identity !== null) node.socketWatch.watch(socket, identity.credential);
    attach(socket, node);
  }

  const connection = rawConnections.get(ctx.req);
  if (connection !== undefined) {
    const key = ctx.req.headers.get("sec-websocket-key") ?? "";
    const socket = new FrontSocket(connection, key, () => performance.now());
    socket.addEventListener("close", giveBack);
    open(socket);
    // The handshake was completed on the raw connection; this response is discarded.
    return new Response(null, { status: 204 });
  }
  return ctx.upgrade({
    open,
    close: giveBack,
    error: giveBack,
  }, { idleTimeout: SILENCE_SECONDS });
}
