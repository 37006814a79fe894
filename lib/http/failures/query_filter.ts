import type { FailureQuery } from "../../dashboard/failures/failure_query.ts";
import type { FailureFilter } from "../../database/failure_filter.ts";

/** Returns the filter for the page's query: the selected articles, or all that match. */
export function failureFilterOf(query: FailureQuery): FailureFilter {
  const { state, q, since, until, ids, selection } = query;
  return {
    state: state ?? undefined,
    reason: given(query.reason),
    fingerprint: given(query.cause),
    group: given(query.group),
    source: given(query.source),
    node: given(query.node),
    text: q ?? undefined,
    ids: selection || ids.length > 0 ? ids : undefined,
    since: since ?? undefined,
    until: until ?? undefined,
  };
}

function given(values: string[]): string[] | undefined {
  return values.length === 0 ? undefined : values;
}
