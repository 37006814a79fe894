import { HttpError } from "fresh";
import { define, type State } from "../../define.ts";
import { type FirstAction, isFirstAction } from "../../lib/dashboard/requests/stream_requests.ts";
import { auditedImport } from "../../lib/http/articles/audited_import.ts";
import { only } from "../../lib/http/allowed_methods.ts";
import { redirectWithResult } from "../../lib/http/redirect_with_result.ts";
import { actor } from "../../lib/http/request_actor.ts";
import { importSample } from "../../lib/node/import_sample.ts";
import type { Actor } from "../../lib/wire/actor.ts";

/** The overview's actions for browsers without scripts; redirects back to the page. */
export const handler = define.handlers({
  ...only("POST"),
  async POST(ctx) {
    const { action } = ctx.params;
    if (!isFirstAction(action)) throw new HttpError(404);
    const affect = () => perform(action, ctx.state, actor(ctx));
    return await redirectWithResult(ctx, { page: "/", name: action, perform: affect });
  },
});

/** Returns the number of affected articles, if any. */
async function perform(action: FirstAction, { node }: State, by: Actor): Promise<number | null> {
  switch (action) {
    case "start":
    case "stop":
      await node.settings.command(action, by);
      return null;
    case "sample":
      return (await auditedImport(node, { by, name: "sample" }, () => importSample(node))).accepted;
    case "retry":
      return (await node.bulk.move("retry", { state: "retry" }, by)).done;
    case "clear":
      return (await node.bulk.move("clear", {}, by)).done;
  }
}
