import type { Context } from "fresh";
import { clientAddress } from "../auth/address.ts";
import { SOCKETS_PER_ADDRESS } from "../auth/socket_quota.ts";
import { isUpgrade } from "../auth/origin.ts";
import { CLOSE_CODES } from "../live/close_codes.ts";
import type { Node } from "../runtime/node.ts";
import { refused } from "./answer.ts";

/**
 * A client that answers no ping for so long is gone. It is longer than a slow one is given, so that that
 * one is told why it is closed.
 */
const SILENCE_SECONDS = 60;

/**
 * Turns a request into a WebSocket and gives it to `attach`. Answers 426 where none was asked for; a
 * socket too many of one address is closed with the code that says so.
 */
export function openSocket<State extends { node: Node }>(
  ctx: Context<State>,
  attach: (socket: WebSocket, node: Node) => void,
): Response {
  const { node } = ctx.state;
  if (!isUpgrade(ctx.req)) {
    return refused(426, "This address speaks WebSocket only", {
      headers: { upgrade: "websocket" },
    });
  }
  const giveBack = node.socketQuota.take(clientAddress(ctx.info));
  if (giveBack === null) {
    const reason = `more than ${SOCKETS_PER_ADDRESS} sockets of one address`;
    return ctx.upgrade({ open: (socket) => socket.close(CLOSE_CODES.tooMany, reason) });
  }
  return ctx.upgrade({
    open: (socket) => attach(socket, node),
    close: giveBack,
    error: giveBack,
  }, { idleTimeout: SILENCE_SECONDS });
}
