import { HttpError } from "fresh";
import { define } from "../../../../define.ts";
import { readOperation } from "../../../../lib/database/operations.ts";
import { endpoint } from "../../../../lib/http/api/endpoint.ts";
import { succeeded } from "../../../../lib/http/json_response.ts";
import { idParameter } from "../../../../lib/http/id_parameter.ts";
import { actor } from "../../../../lib/http/request_actor.ts";
import { inSnakeCase } from "../../../../lib/runtime/snake_case.ts";

/** Undoes a clearing: its articles are dead again. */
export const handler = define.handlers(endpoint("/api/operations/{id}/undo", {
  async POST(ctx) {
    const id = idParameter(ctx.params);
    const { bulk, database } = ctx.state.node;
    const undone = await bulk.undo(id, actor(ctx));
    if (undone !== null) return succeeded(inSnakeCase(undone));
    if (await readOperation(database.sql, id) === null) {
      throw new HttpError(404, `There is no operation ${id}`);
    }
    throw new HttpError(
      409,
      `Operation ${id} is not a clearing of the last ten minutes, moved no articles, or was taken back before`,
    );
  },
}));
