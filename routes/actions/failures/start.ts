import { HttpError } from "fresh";
import { z } from "zod";
import { define } from "../../../define.ts";
import {
  BULK_KINDS,
  failuresLink,
  readFailureQuery,
} from "../../../lib/dashboard/failure_query.ts";
import { reasonOf } from "../../../lib/dashboard/flash.ts";
import { begin } from "../../../lib/http/begin.ts";
import { checked } from "../../../lib/http/checked.ts";
import { failureFilterOf } from "../../../lib/http/failure_filter.ts";
import { formFields } from "../../../lib/http/form_fields.ts";
import { only } from "../../../lib/http/methods.ts";
import { queryMoment } from "../../../lib/http/paging.ts";
import { visitor } from "../../../lib/http/visitor.ts";

const MAX_BYTES = 64 * 1024;

/** When the preview was made: what failed later was not in it. */
const seen = z.object({ until: queryMoment.optional() });

/** Does what the preview asked about, and leads back to the list, where it is seen under way. */
export const handler = define.handlers({
  ...only("POST"),
  async POST(ctx) {
    const form = await formFields(ctx.req, MAX_BYTES);
    const fields = [...form].map(([name, value]): [string, string] => [name, String(value)]);
    const query = readFailureQuery(new URLSearchParams(fields));
    const kind = BULK_KINDS.find((each) => each === form.get("kind"));
    if (kind === undefined) throw new HttpError(400, "kind must be retry or clear");
    if (kind === "clear" && query.state === "retry") {
      throw new HttpError(400, "Only dead letters can be cleared");
    }
    const { node } = ctx.state;
    const { until } = checked(seen, { until: form.get("until") ?? undefined });
    const work = node.bulk.move(kind, { ...failureFilterOf(query), until }, visitor(ctx));
    const failure = await begin(work, node.logger);
    const { state, q, cause } = query;
    const back = `/failures${failuresLink({ state, q, cause })}`;
    if (failure === null) return ctx.redirect(back, 303);
    return ctx.redirect(`${back}&failed=start&reason=${reasonOf(failure)}`, 303);
  },
});
