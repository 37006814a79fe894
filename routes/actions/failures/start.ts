import { HttpError } from "fresh";
import { z } from "zod";
import { define } from "../../../define.ts";
import {
  BULK_KINDS,
  failuresLink,
  filterOnly,
  readFailureQuery,
} from "../../../lib/dashboard/failures/failure_query.ts";
import { reasonOf } from "../../../lib/dashboard/requests/result_address.ts";
import { awaitBriefly } from "../../../lib/http/await_briefly.ts";
import { validateQuery } from "../../../lib/http/validate.ts";
import { failureQuery } from "../../../lib/http/failures/read_failure_query.ts";
import { failureFilterOf } from "../../../lib/http/failures/query_filter.ts";
import { FORM_OUTDATED, formFields } from "../../../lib/http/form_fields.ts";
import { only } from "../../../lib/http/allowed_methods.ts";
import { queryMoment } from "../../../lib/http/paging.ts";
import { actor } from "../../../lib/http/request_actor.ts";

const MAX_BYTES = 64 * 1024;

/**
 * The fields of the form that must be valid: an invalid filter would count as none, so that the action would
 * affect articles that the page did not show. `asked` is the time of the preview; later failures are excluded.
 */
const { state, reason, since, until } = failureQuery;
const given = z.object({ asked: queryMoment.optional(), since, until, state, reason });

/** Starts the confirmed action and redirects to the list, which shows its progress. */
export const handler = define.handlers({
  ...only("POST"),
  async POST(ctx) {
    const form = await formFields(ctx.req, MAX_BYTES);
    const fields = [...form].map(([name, value]): [string, string] => [name, String(value)]);
    const query = readFailureQuery(new URLSearchParams(fields));
    const kind = BULK_KINDS.find((each) => each === form.get("kind"));
    if (kind === undefined) throw new HttpError(400, FORM_OUTDATED);
    if (kind === "clear" && query.state === "retry") {
      throw new HttpError(400, "Only dead letters can be cleared");
    }
    if (!form.getAll("id").every((id) => /^\d{1,15}$/.test(String(id)))) {
      throw new HttpError(400, "id must be the id of an article");
    }
    const { node } = ctx.state;
    const names = new Set(Object.keys(given.shape));
    const filled = new URLSearchParams(fields.filter(([name]) => names.has(name)));
    const { asked = query.until ?? undefined } = validateQuery(given, filled);
    const work = node.bulk.move(kind, { ...failureFilterOf(query), until: asked }, actor(ctx));
    const failure = await awaitBriefly(work, node.logger);
    const back = `/failures${failuresLink(filterOnly(query))}`;
    if (failure === null) return ctx.redirect(back, 303);
    return ctx.redirect(`${back}&failed=start&reason=${reasonOf(failure)}`, 303);
  },
});
