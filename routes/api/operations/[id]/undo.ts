import { HttpError } from "fresh";
import { define } from "../../../../define.ts";
import { readOperation } from "../../../../lib/database/operations.ts";
import { succeeded } from "../../../../lib/http/answer.ts";
import { only } from "../../../../lib/http/methods.ts";
import { paramId } from "../../../../lib/http/param_id.ts";
import { visitor } from "../../../../lib/http/visitor.ts";
import { inSnakeCase } from "../../../../lib/runtime/snake_case.ts";

/** Takes a clearing back: what it cleared is dead again. */
export const handler = define.handlers({
  ...only("POST"),
  async POST(ctx) {
    const id = paramId(ctx.params);
    const { bulk, database } = ctx.state.node;
    const undone = await bulk.undo(id, visitor(ctx));
    if (undone !== null) return succeeded(inSnakeCase(undone));
    if (await readOperation(database.sql, id) === null) {
      throw new HttpError(404, `There is no operation ${id}`);
    }
    throw new HttpError(
      409,
      `Operation ${id} is not a clearing of the last ten minutes, or was taken back before`,
    );
  },
});
