import { define } from "../../../define.ts";
import { reasonOf } from "../../../lib/dashboard/requests/result_address.ts";
import { awaitBriefly } from "../../../lib/http/await_briefly.ts";
import { formFields } from "../../../lib/http/form_fields.ts";
import { only } from "../../../lib/http/allowed_methods.ts";
import { idParameter } from "../../../lib/http/id_parameter.ts";
import { actor } from "../../../lib/http/request_actor.ts";

const MAX_BYTES = 16 * 1024;

/** Undoes a clearing and redirects to the list. */
export const handler = define.handlers({
  ...only("POST"),
  async POST(ctx) {
    const id = idParameter({ id: String((await formFields(ctx.req, MAX_BYTES)).get("operation")) });
    const { node } = ctx.state;
    let late = false;
    const work = node.bulk.undo(id, actor(ctx)).then((undone) => late = undone === null);
    const failure = await awaitBriefly(work, node.logger);
    if (failure !== null) {
      return ctx.redirect(`/failures?failed=start&reason=${reasonOf(failure)}`, 303);
    }
    return ctx.redirect(late ? "/failures?undo=late" : "/failures", 303);
  },
});
