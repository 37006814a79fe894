import { HttpError } from "fresh";
import { define } from "../../../../define.ts";
import { readOperation } from "../../../../lib/database/operations.ts";
import { endpoint } from "../../../../lib/http/api/endpoint.ts";
import { succeeded } from "../../../../lib/http/json_response.ts";
import { idParameter } from "../../../../lib/http/id_parameter.ts";
import { inSnakeCase } from "../../../../lib/runtime/snake_case.ts";

/** One bulk operation with its progress. */
export const handler = define.handlers(endpoint("/api/operations/{id}", {
  async GET(ctx) {
    const id = idParameter(ctx.params);
    const operation = await readOperation(ctx.state.node.database.sql, id);
    if (operation === null) throw new HttpError(404, `There is no operation ${id}`);
    return succeeded(inSnakeCase(operation));
  },
}));
