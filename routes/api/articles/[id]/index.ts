import { HttpError } from "fresh";
import { define } from "../../../../define.ts";
import { readArticle } from "../../../../lib/database/article_detail.ts";
import { succeeded } from "../../../../lib/http/json_response.ts";
import { endpoint } from "../../../../lib/http/api/endpoint.ts";
import { articleEtag } from "../../../../lib/http/articles/article_etag.ts";
import { deleteArticle } from "../../../../lib/http/articles/delete_article.ts";
import { withErrorCode } from "../../../../lib/http/failures/with_error_code.ts";
import { idParameter } from "../../../../lib/http/id_parameter.ts";
import { inSnakeCase } from "../../../../lib/runtime/snake_case.ts";

/** One article: as submitted, with its results and failed tries. */
export const handler = define.handlers(endpoint("/api/articles/{id}", {
  async GET(ctx) {
    const id = idParameter(ctx.params);
    const article = await readArticle(ctx.state.node.database.sql, id);
    if (article === null) throw new HttpError(404, `There is no article ${id}`);
    // The names in `extra` are the producer's.
    const { extra, attempts, ...rest } = article;
    const shown = inSnakeCase({ ...rest, attempts: attempts.map(withErrorCode) }) as object;
    const response = succeeded({ ...shown, extra });
    response.headers.set("etag", articleEtag(article));
    return response;
  },
  async DELETE(ctx) {
    const id = idParameter(ctx.params);
    return await deleteArticle(ctx, id, `There is no article ${id}`);
  },
}));
