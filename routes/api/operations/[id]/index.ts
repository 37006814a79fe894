import { HttpError } from "fresh";
import { define } from "../../../../define.ts";
import { readOperation } from "../../../../lib/database/operations.ts";
import { succeeded } from "../../../../lib/http/answer.ts";
import { only } from "../../../../lib/http/methods.ts";
import { paramId } from "../../../../lib/http/param_id.ts";
import { inSnakeCase } from "../../../../lib/runtime/snake_case.ts";

/** One operation, and how far it is. */
export const handler = define.handlers({
  ...only("GET"),
  async GET(ctx) {
    const id = paramId(ctx.params);
    const operation = await readOperation(ctx.state.node.database.sql, id);
    if (operation === null) throw new HttpError(404, `There is no operation ${id}`);
    return succeeded(inSnakeCase(operation));
  },
});
