import { HttpError } from "fresh";
import { define } from "../../define.ts";
import { readNumber } from "../../lib/dashboard/shell/number_text.ts";
import { resultPath } from "../../lib/dashboard/requests/result_address.ts";
import { mayAs } from "../../lib/auth/route_permissions.ts";
import { commandNode } from "../../lib/http/workers/command_node.ts";
import { FORM_OUTDATED, formFields } from "../../lib/http/form_fields.ts";
import { only } from "../../lib/http/allowed_methods.ts";
import { outageOf } from "../../lib/http/outage_error.ts";
import { actor } from "../../lib/http/request_actor.ts";
import { parseNodeAction } from "../../lib/processor/node_commands.ts";
import { settingsPatch } from "../../lib/wire/settings.ts";

const MAX_BYTES = 16 * 1024;

/** The forms of the workers page for browsers without scripts; redirects back to the page. */
export const handler = define.handlers({
  ...only("POST"),
  async POST(ctx) {
    const form = await formFields(ctx.req, MAX_BYTES);
    const request = form.get("do");
    const name = request === "concurrency" ? request : parseNodeAction(request);
    if (name === null) throw new HttpError(400, FORM_OUTDATED);
    try {
      if (name === "concurrency") {
        if (!mayAs(ctx.state.role, "admin")) {
          throw new HttpError(403, "Only an admin changes settings");
        }
        const typed = String(form.get("concurrency"));
        const concurrency = readNumber(typed);
        const parsed = settingsPatch.safeParse({ concurrency });
        if (!parsed.success) {
          // The page shows the bounds beside what was typed.
          return ctx.redirect(`/workers?${new URLSearchParams({ concurrency: typed })}`, 303);
        }
        await ctx.state.node.settings.change(parsed.data, actor(ctx));
      } else {
        const node = String(form.get("node"));
        await commandNode(ctx.state.node, { action: name, node, by: actor(ctx) });
      }
      return ctx.redirect(
        resultPath("/workers", { kind: "done", name, count: null, operation: null }),
        303,
      );
    } catch (error) {
      const failure = outageOf(error);
      if (failure === null) throw error;
      return ctx.redirect(resultPath("/workers", { kind: "failed", name, failure }), 303);
    }
  },
});
