import { define } from "../../../define.ts";
import { formFields } from "../../../lib/http/form_fields.ts";
import { actor } from "../../../lib/http/request_actor.ts";
import { only } from "../../../lib/http/allowed_methods.ts";
import { redirectWithResult } from "../../../lib/http/redirect_with_result.ts";
import { idParameter } from "../../../lib/http/id_parameter.ts";
import { reprocessArticle } from "../../../lib/processor/reprocess_article.ts";

const MAX_BYTES = 16 * 1024;

/** The button of an article's page: reprocesses the article and redirects back. */
export const handler = define.handlers({
  ...only("POST"),
  async POST(ctx) {
    const id = idParameter({ id: String((await formFields(ctx.req, MAX_BYTES)).get("id")) });
    return await redirectWithResult(ctx, {
      page: `/articles/${id}`,
      name: "process",
      perform: () => reprocessArticle(ctx.state.node, id, actor(ctx)).then(() => null),
    });
  },
});
