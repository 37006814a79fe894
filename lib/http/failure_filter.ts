import type { FailureQuery } from "../dashboard/failure_query.ts";
import type { FailureFilter } from "../database/failures.ts";

/** The failed articles that the page's query means: those selected, or all that match. */
export function failureFilterOf({ state, q, cause, ids }: FailureQuery): FailureFilter {
  return {
    state: state ?? undefined,
    text: q ?? undefined,
    fingerprint: cause ?? undefined,
    ids: ids ?? undefined,
  };
}
