import { HttpError } from "fresh";
import { define } from "../../../../define.ts";
import { readArticle } from "../../../../lib/database/article_detail.ts";
import { succeeded } from "../../../../lib/http/json_response.ts";
import { endpoint } from "../../../../lib/http/api/endpoint.ts";
import { actor } from "../../../../lib/http/request_actor.ts";
import { idParameter } from "../../../../lib/http/id_parameter.ts";
import { reprocessArticle } from "../../../../lib/processor/reprocess_article.ts";

/** Reprocesses an article in any state. */
export const handler = define.handlers(endpoint("/api/articles/{id}/process", {
  async POST(ctx) {
    const id = idParameter(ctx.params);
    const { node } = ctx.state;
    if (await reprocessArticle(node, id, actor(ctx))) return succeeded({ id, state: "pending" });
    if (await readArticle(node.database.sql, id) === null) {
      throw new HttpError(404, `There is no article ${id}`);
    }
    throw new HttpError(409, `Article ${id} waits to be processed already`);
  },
}));
