import { HttpError } from "fresh";
import { define } from "../../define.ts";
import { readNumber } from "../../lib/dashboard/shell/number_text.ts";
import { lackOf, mayAs } from "../../lib/auth/route_permissions.ts";
import { commandNode } from "../../lib/http/workers/command_node.ts";
import { FORM_OUTDATED, formFields } from "../../lib/http/form_fields.ts";
import { only } from "../../lib/http/allowed_methods.ts";
import { redirectWithResult } from "../../lib/http/redirect_with_result.ts";
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
    const { node } = ctx.state;
    const by = actor(ctx);
    if (name !== "concurrency") {
      const command = { action: name, node: String(form.get("node")), by };
      return await redirectWithResult(ctx, {
        page: "/workers",
        name,
        perform: () => commandNode(node, command).then(() => null),
      });
    }
    const { role } = ctx.state;
    if (!mayAs(role, "admin")) throw new HttpError(403, lackOf("admin", role));
    const typed = String(form.get("concurrency"));
    const parsed = settingsPatch.safeParse({ concurrency: readNumber(typed) });
    if (!parsed.success) {
      // The page shows the bounds beside what was typed.
      return ctx.redirect(`/workers?${new URLSearchParams({ concurrency: typed })}`, 303);
    }
    return await redirectWithResult(ctx, {
      page: "/workers",
      name,
      perform: () => node.settings.change(parsed.data, by).then(() => null),
    });
  },
});
