import type { Context } from "fresh";
import { namesTag } from "./entity_tags.ts";

/** What a 304 does not have, since it has no body. */
const OF_BODY = ["content-length", "content-encoding", "content-disposition"];

/**
 * A middleware that responds with 304 to a GET whose `If-None-Match` names the entity tag of the response (RFC 9110,
 * 13.1.2). The framework only knows one tag, as it sent it or without its quotes; and leaves it out of its 304.
 */
export async function notModified<State>(ctx: Context<State>): Promise<Response> {
  const response = await ctx.next();
  const known = ctx.req.headers.get("if-none-match");
  if (known === null || ctx.req.method !== "GET") return response;
  const etag = response.headers.get("etag");
  if (response.status === 304 && etag === null) {
    response.headers.set("etag", known.includes('"') ? known : `W/"${known}"`);
  }
  if (response.status !== 200 || etag === null || !namesTag(known, etag)) return response;
  await response.body?.cancel();
  const headers = new Headers(response.headers);
  for (const name of OF_BODY) headers.delete(name);
  return new Response(null, { status: 304, headers });
}
