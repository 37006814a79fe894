import { Context as HonoContext } from "hono";
import { compress } from "hono/compress";

const squeeze = compress();
const whole = new WeakSet<Response>();

/**
 * Marks a response as one whose body is complete. Only such a response is compressed: one that is
 * written bit by bit would be held back, and a WebSocket's must not be touched.
 */
export function markWhole(response: Response): Response {
  whole.add(response);
  return response;
}

/** The response to send: compressed when it is whole, worth it, and the client takes it. */
export async function compressWhole(request: Request, response: Response): Promise<Response> {
  if (!whole.has(response)) return response;
  const context = new HonoContext(request);
  await squeeze(context, () => {
    context.res = response;
    return Promise.resolve();
  });
  return context.res;
}
