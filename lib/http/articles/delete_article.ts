import { type Context, HttpError } from "fresh";
import type { State } from "../../../define.ts";
import { readArticle } from "../../database/article_detail.ts";
import { removeArticle } from "../../database/remove_article.ts";
import { succeeded } from "../json_response.ts";
import { actor } from "../request_actor.ts";
import { checkMatch, isConditional } from "./article_etag.ts";

/**
 * Deletes an article, null for none, unless the request has a condition that does not hold. Reads it only for a
 * condition, since a damaged article cannot be read. Throws an `HttpError` 404 or 412.
 */
export async function deleteArticle(
  ctx: Context<State>,
  id: number | null,
  missing: string,
): Promise<Response> {
  const { state: { node }, req } = ctx;
  const { sql } = node.database;
  if (isConditional(req)) checkMatch(req, id === null ? null : await readArticle(sql, id));
  const removed = id === null ? null : await removeArticle(sql, id);
  if (removed === null) throw new HttpError(404, missing);
  await node.events.record({
    kind: "article_deleted",
    subject: removed.source ?? String(removed.id),
    counts: {},
  }, { actor: actor(ctx) });
  node.reporter.publish();
  return succeeded({ id: removed.id });
}
