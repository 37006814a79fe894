import { define } from "../../define.ts";
import { only } from "../../lib/http/allowed_methods.ts";
import { openSocket } from "../../lib/http/open_socket.ts";

/** Sends the recent bulk operations after each progress. */
export const handler = define.handlers({
  ...only("GET"),
  GET: (ctx) => openSocket(ctx, (socket, { hub }) => hub.attachOperations(socket)),
});
