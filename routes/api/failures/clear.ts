import { HttpError } from "fresh";
import { define } from "../../../define.ts";
import { succeeded } from "../../../lib/http/answer.ts";
import { checked } from "../../../lib/http/checked.ts";
import { failureBody } from "../../../lib/http/failure_query.ts";
import { jsonBody } from "../../../lib/http/json_body.ts";
import { only } from "../../../lib/http/methods.ts";
import { visitor } from "../../../lib/http/visitor.ts";
import { inSnakeCase } from "../../../lib/runtime/snake_case.ts";

const MAX_BYTES = 64 * 1024;

/** Clears the dead letters that the filter means; for ten minutes it can be undone. */
export const handler = define.handlers({
  ...only("POST"),
  async POST(ctx) {
    const filter = checked(failureBody, await jsonBody(ctx.req, MAX_BYTES));
    if (filter.state === "retry") throw new HttpError(400, "state must be dead to be cleared");
    return succeeded(inSnakeCase(await ctx.state.node.bulk.move("clear", filter, visitor(ctx))));
  },
});
