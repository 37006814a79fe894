import { z } from "zod";
import { FACETS, NO_LABEL } from "../wire/failure_facets.ts";
import type { Sql } from "./postgres_client.ts";
import { arrayLiteral, joinTexts } from "./sql_parameters.ts";

/** One value, or several alternatives. */
const values = z.union([z.string(), z.array(z.string()).max(50)]).optional();

/** A filter of failed articles; all given conditions must hold. */
export const failureFilter = z.strictObject({
  state: z.enum(["retry", "dead"]).optional(),
  reason: values,
  /** The cause. */
  fingerprint: values,
  /** The name of the article's group. */
  group: values,
  /** The common part of many articles' sources, such as a host. */
  source: values,
  /** The node of the last failure. */
  node: values,
  /** A substring of the error stored with the article's state, case-insensitive. */
  text: z.string().optional(),
  ids: z.array(z.number()).max(1_000).optional(),
  /** The earliest last failure, in ms since the epoch. */
  since: z.number().optional(),
  /** The latest last failure. */
  until: z.number().optional(),
});

export type FailureFilter = z.infer<typeof failureFilter>;

const ASCII = /^\p{ASCII}*$/u;

/** Returns the filter as an SQL condition on `article_states AS failed`. */
export function matching(sql: Sql, filter: FailureFilter) {
  const { state, text, ids, since, until } = filter;
  const facets = FACETS.map(({ kind, field }) => {
    const given = filter[field];
    return given === undefined ? sql`` : hasLabel(sql, kind, [given].flat());
  });
  return sql`
    failed.state IN ('retry', 'dead')
    ${state === undefined ? sql`` : sql`AND failed.state = ${state}`}
    ${facets}
    ${textCondition(sql, text)}
    ${ids === undefined ? sql`` : sql`AND failed.article_id = ANY(${arrayLiteral(ids)}::bigint[])`}
    ${since === undefined ? sql`` : sql`AND failed.last_failed_at >= ${since}::timestamptz`}
    ${until === undefined ? sql`` : sql`AND failed.last_failed_at <= ${until}::timestamptz`}`;
}

/** Returns the text search as an SQL condition. */
export function textCondition(sql: Sql, text: string | undefined) {
  if (text === undefined) return sql``;
  // For a pure ASCII pattern, ASCII lower-casing suffices and takes a third of the time.
  const lowered = ASCII.test(text)
    ? sql`lower(failed.error COLLATE "C")`
    : sql`lower(failed.error)`;
  return sql`AND strpos(${lowered}, lower(${text})) > 0`;
}

function hasLabel(sql: Sql, kind: string, labels: string[]) {
  const key = sql(`failed.${kind}_key`);
  const ids = sql`
    ARRAY(
      SELECT id FROM failure_labels
      WHERE kind = ${kind} AND label = ANY(string_to_array(${joinTexts(labels)}, E'\\x1e'))
    )`;
  return labels.includes(NO_LABEL)
    ? sql`AND (${key} = ANY(${ids}) OR ${key} IS NULL)`
    : sql`AND ${key} = ANY(${ids})`;
}
