import { z } from "zod";
import type { FailureFilter } from "../../database/failure_filter.ts";
import { searchText } from "../search_text.ts";
import { LATEST_TIME } from "../../wire/latest_time.ts";
import { queryMoment } from "../paging.ts";

/** Alternative values: in a query, the parameter is repeated. */
const values = () =>
  z.array(searchText()).max(50, { error: "must be at most 50 values" }).optional();

/** Parses the filter in a query. */
export const failureQuery = {
  state: z.enum(["retry", "dead"], { error: "must be retry or dead" }).optional(),
  reason: values(),
  fingerprint: values(),
  group: values(),
  source: values(),
  node: values(),
  text: searchText().optional(),
  since: queryMoment.optional(),
  until: queryMoment.optional(),
};

/** In a body, a single value needs no array. */
const bodyValues = () =>
  z.union([searchText(), z.array(searchText()).max(50)], {
    error: "must be text or a list of at most 50 texts",
  }).optional();
const bodyMoment = () =>
  z.int({ error: "must be milliseconds since the epoch" }).min(0).max(LATEST_TIME)
    .optional();

/** Parses the filter in a body; `{}` matches all failed articles. */
export const failureBody = z.strictObject({
  state: failureQuery.state,
  reason: bodyValues(),
  fingerprint: bodyValues(),
  group: bodyValues(),
  source: bodyValues(),
  node: bodyValues(),
  text: failureQuery.text,
  since: bodyMoment(),
  until: bodyMoment(),
  ids: z.array(z.int({ error: "must be an article's id" }), {
    error: "must be a list of article ids",
  })
    .max(1_000, { error: "must hold at most 1,000 ids" }).optional(),
}) satisfies z.ZodType<FailureFilter>;
