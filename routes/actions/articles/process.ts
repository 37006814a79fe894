import { define } from "../../../define.ts";
import { formFields } from "../../../lib/http/form_fields.ts";
import { actor } from "../../../lib/http/request_actor.ts";
import { only } from "../../../lib/http/allowed_methods.ts";
import { outageOf } from "../../../lib/http/outage_error.ts";
import { idParameter } from "../../../lib/http/id_parameter.ts";
import { reprocessArticle } from "../../../lib/processor/reprocess_article.ts";
import { resultPath } from "../../../lib/dashboard/requests/result_address.ts";

const MAX_BYTES = 16 * 1024;

/** The button of an article's page: reprocesses the article and redirects back. */
export const handler = define.handlers({
  ...only("POST"),
  async POST(ctx) {
    const id = idParameter({ id: String((await formFields(ctx.req, MAX_BYTES)).get("id")) });
    const page = `/articles/${id}`;
    try {
      await reprocessArticle(ctx.state.node, id, actor(ctx));
      return ctx.redirect(
        resultPath(page, { kind: "done", name: "process", count: null, operation: null }),
        303,
      );
    } catch (error) {
      const failure = outageOf(error);
      if (failure === null) throw error;
      return ctx.redirect(resultPath(page, { kind: "failed", name: "process", failure }), 303);
    }
  },
});
