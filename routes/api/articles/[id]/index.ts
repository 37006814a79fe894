import { HttpError } from "fresh";
import { define } from "../../../../define.ts";
import { readArticle } from "../../../../lib/database/article.ts";
import { succeeded } from "../../../../lib/http/answer.ts";
import { only } from "../../../../lib/http/methods.ts";
import { paramId } from "../../../../lib/http/param_id.ts";
import { inSnakeCase } from "../../../../lib/runtime/snake_case.ts";

/** One article: as it came, what became of it, and its failed tries. */
export const handler = define.handlers({
  ...only("GET"),
  async GET(ctx) {
    const id = paramId(ctx.params);
    const article = await readArticle(ctx.state.node.database.sql, id);
    if (article === null) throw new HttpError(404, `There is no article ${id}`);
    return succeeded(inSnakeCase(article));
  },
});
