import { HttpError } from "fresh";
import { define, type State } from "../../define.ts";
import { type ActionName, isAction } from "../../lib/dashboard/actions.ts";
import type { Failure } from "../../lib/dashboard/api.ts";
import { actionPath } from "../../lib/dashboard/flash.ts";
import { only } from "../../lib/http/methods.ts";
import { outageOf } from "../../lib/http/outage.ts";
import { visitor } from "../../lib/http/visitor.ts";
import { importSample } from "../../lib/intake/sample.ts";

/** The overview's buttons for browsers without scripts: acts, and leads back to the page. */
export const handler = define.handlers({
  ...only("POST"),
  async POST(ctx) {
    const { action } = ctx.params;
    if (!isAction(action)) throw new HttpError(404);
    try {
      const count = await perform(action, ctx.state, visitor(ctx));
      return ctx.redirect(actionPath({ kind: "done", action, count }), 303);
    } catch (error) {
      const failure: Failure | null = outageOf(error);
      if (failure === null) throw error;
      return ctx.redirect(actionPath({ kind: "failed", action, failure }), 303);
    }
  },
});

/** Answers how many articles it concerned, where it concerned any. */
async function perform(action: ActionName, { node }: State, by: string): Promise<number | null> {
  switch (action) {
    case "start":
    case "stop":
      await node.settings.command(action, by);
      return null;
    case "sample":
      return (await importSample(node)).accepted;
    case "retry":
      return (await node.bulk.move("retry", { state: "retry" }, by)).done;
    case "clear":
      return (await node.bulk.move("clear", {}, by)).done;
  }
}
