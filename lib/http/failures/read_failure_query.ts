import { z } from "zod";
import type { FailureFilter } from "../../database/failure_filter.ts";
import { FAILURE_REASONS, UNKNOWN_REASON } from "../../article/outcome.ts";
import { NO_LABEL } from "../../wire/failure_facets.ts";
import { searchText } from "../search_text.ts";
import { LATEST_TIME } from "../../wire/latest_time.ts";
import { queryMoment } from "../paging.ts";

/** Why an article failed is one of these; the other facets have any text. */
const REASON = [...FAILURE_REASONS, UNKNOWN_REASON, NO_LABEL] as const;
const NAMES = REASON.join(", ");
const BAD_REASONS = `must be one of ${NAMES}, or a list of these`;
const reason = z.enum(REASON, { error: `must be one of ${NAMES}` });

/** Alternative values: in a query, the parameter is repeated. */
const values = <Value extends z.ZodType<string>>(value: Value) =>
  z.array(value).max(50, { error: "must be at most 50 values" }).optional();

/** Parses the filter in a query. */
export const failureQuery = {
  state: z.enum(["retry", "dead"], { error: "must be retry or dead" }).optional(),
  reason: values(reason),
  fingerprint: values(searchText()),
  group: values(searchText()),
  source: values(searchText()),
  node: values(searchText()),
  text: searchText().optional(),
  since: queryMoment.optional(),
  until: queryMoment.optional(),
};

/** In a body, an empty text is a mistake: as a filter it would match everything, or nothing. */
const bodyText = () => searchText().min(1, { error: "must not be empty" });
const ARTICLE_ID = "must be an article's id";
const MOMENT = "must be milliseconds since the epoch";
const bodyMoment = () =>
  z.int({ error: MOMENT }).min(0, { error: MOMENT }).max(LATEST_TIME, { error: MOMENT }).optional();

/** In a body, a single value needs no array. */
const bodyValues = <Value extends z.ZodType<string>>(value: Value, error: string) =>
  z.union([value, z.array(value).max(50)], { error }).optional();
const TEXTS = "must be text or a list of at most 50 texts";

/** Parses the filter in a body; `{}` matches all failed articles. */
export const failureBody = z.strictObject({
  state: failureQuery.state,
  reason: bodyValues(reason, BAD_REASONS),
  fingerprint: bodyValues(bodyText(), TEXTS),
  group: bodyValues(bodyText(), TEXTS),
  source: bodyValues(bodyText(), TEXTS),
  node: bodyValues(bodyText(), TEXTS),
  text: bodyText().optional(),
  since: bodyMoment(),
  until: bodyMoment(),
  ids: z.array(z.int({ error: ARTICLE_ID }).min(1, { error: ARTICLE_ID }), {
    error: "must be a list of article ids",
  })
    .max(1_000, { error: "must hold at most 1,000 ids" }).optional(),
}) satisfies z.ZodType<FailureFilter>;
