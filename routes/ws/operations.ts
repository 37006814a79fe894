import { define } from "../../define.ts";
import { only } from "../../lib/http/methods.ts";
import { openSocket } from "../../lib/http/socket.ts";

/** The recent bulk operations, each time that one of them moves. */
export const handler = define.handlers({
  ...only("GET"),
  GET: (ctx) => openSocket(ctx, (socket, { hub }) => hub.attachOperations(socket)),
});
