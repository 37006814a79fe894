import { HttpError } from "fresh";
import { define } from "../../../../define.ts";
import { readArticle } from "../../../../lib/database/article.ts";
import { succeeded } from "../../../../lib/http/answer.ts";
import { only } from "../../../../lib/http/methods.ts";
import { paramId } from "../../../../lib/http/param_id.ts";
import { processArticleAgain } from "../../../../lib/processor/process_again.ts";

/** Has an article processed anew, whatever became of it before. */
export const handler = define.handlers({
  ...only("POST"),
  async POST(ctx) {
    const id = paramId(ctx.params);
    const { node } = ctx.state;
    if (await processArticleAgain(node, id)) return succeeded({ id, state: "pending" });
    if (await readArticle(node.database.sql, id) === null) {
      throw new HttpError(404, `There is no article ${id}`);
    }
    throw new HttpError(409, `Article ${id} waits to be processed already`);
  },
});
