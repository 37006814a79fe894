import { HttpError } from "fresh";
import { define } from "../../define.ts";
import { errandPath } from "../../lib/dashboard/errand_flash.ts";
import { checked } from "../../lib/http/checked.ts";
import { commandNode } from "../../lib/http/command_node.ts";
import { formFields } from "../../lib/http/form_fields.ts";
import { only } from "../../lib/http/methods.ts";
import { outageOf } from "../../lib/http/outage.ts";
import { visitor } from "../../lib/http/visitor.ts";
import { parseNodeAction } from "../../lib/processor/commands.ts";
import { settingsPatch } from "../../lib/processor/settings.ts";
import type { Node } from "../../lib/runtime/node.ts";

const MAX_BYTES = 16 * 1024;

/** The forms of the workers page for browsers without scripts: acts, and leads back to the page. */
export const handler = define.handlers({
  ...only("POST"),
  async POST(ctx) {
    const form = await formFields(ctx.req, MAX_BYTES);
    const errand = form.get("do");
    const name = errand === "concurrency" ? errand : parseNodeAction(errand);
    if (name === null) throw new HttpError(400, "do is unknown");
    try {
      if (name === "concurrency") await setConcurrency(ctx.state.node, form, visitor(ctx));
      else {
        const node = String(form.get("node"));
        await commandNode(ctx.state.node, { action: name, node, by: visitor(ctx) });
      }
      return ctx.redirect(errandPath("/workers", { kind: "done", name }), 303);
    } catch (error) {
      const failure = outageOf(error);
      if (failure === null) throw error;
      return ctx.redirect(errandPath("/workers", { kind: "failed", name, failure }), 303);
    }
  },
});

async function setConcurrency({ settings }: Node, form: FormData, by: string) {
  const concurrency = Number(form.get("concurrency"));
  await settings.change(checked(settingsPatch, { concurrency }), by);
}
