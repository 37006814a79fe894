import { parseFailureCursor } from "../../wire/failure_cursor.ts";
import { queryText } from "../shell/query_text.ts";
import { readTokens } from "./filter_tokens.ts";
import { urlMoment, wholeNumber } from "../shell/whole_number.ts";

/** The bulk actions on failed articles: retry them, or clear the dead ones. */
export const BULK_KINDS = ["retry", "clear"] as const;
export type BulkKind = typeof BULK_KINDS[number];

/** The facets by their query parameters. The values of one are alternatives. */
export const FACET_NAMES = ["reason", "cause", "group", "source", "node"] as const;
export type FacetName = typeof FACET_NAMES[number];

/** The query of the failures page; null or empty for missing conditions. */
export interface FailureQuery extends Record<FacetName, string[]> {
  state: "retry" | "dead" | null;
  /** A substring of the error. */
  q: string | null;
  /** The range of the last failure, ms since the epoch. */
  since: number | null;
  until: number | null;
  ids: number[];
  /** Whether `ids` are the selected rows, possibly none; they do not filter the list. */
  selection: boolean;
  /** The cursor of the page of articles. */
  cursor: string | null;
  /** The bulk action to be confirmed. */
  ask: BulkKind | null;
}

/** The empty query: all failures. */
export const EVERY_FAILURE: FailureQuery = {
  state: null,
  reason: [],
  cause: [],
  group: [],
  source: [],
  node: [],
  q: null,
  since: null,
  until: null,
  ids: [],
  selection: false,
  cursor: null,
  ask: null,
};

/** The maximum number of values per facet. */
const MOST_IDS = 200;
const MOST_VALUES = 20;

/** The value of the field `of` for selected articles only. */
export const SELECTION = "selection";

/**
 * Parses a URL's query, or a form's fields with the same names. Terms of `q` such as `source:feeds` are
 * filters.
 */
export function readFailureQuery(query: URLSearchParams): FailureQuery {
  const { text, fields } = readTokens(queryText(query, "q") ?? "");
  const all = new URLSearchParams([...query, ...fields]);
  const state = all.get("state");
  const cursor = all.get("cursor");
  return {
    state: state === "retry" || state === "dead" ? state : null,
    reason: values(all, "reason"),
    cause: values(all, "cause"),
    group: values(all, "group"),
    source: values(all, "source"),
    node: values(all, "node"),
    q: text || null,
    since: urlMoment(all.get("since")),
    until: urlMoment(all.get("until")),
    ids: [...new Set(all.getAll("id").map(wholeNumber).filter((id) => id !== null))]
      .slice(0, MOST_IDS),
    selection: all.get("of") === SELECTION,
    cursor: parseFailureCursor(cursor) === null ? null : cursor,
    ask: BULK_KINDS.find((kind) => kind === all.get("ask")) ?? null,
  };
}

function values(query: URLSearchParams, name: string): string[] {
  const given = query.getAll(name).map((value) => value.replaceAll("\0", "").trim());
  return [...new Set(given)].filter((value) => value !== "").slice(0, MOST_VALUES);
}

/** Returns the query as parameters of a URL or hidden fields of a form. */
export function failureFields(query: Partial<FailureQuery>): [string, string][] {
  const { ids = [], selection = false, ...others } = query;
  const fields: [string, string][] = [];
  for (const [name, given] of Object.entries(others)) {
    for (const value of [given ?? []].flat()) fields.push([name, String(value)]);
  }
  if (selection) fields.push(["of", SELECTION]);
  return [...fields, ...ids.map((id): [string, string] => ["id", String(id)])];
}

/** Returns the relative link for a query. */
export function failuresLink(query: Partial<FailureQuery>): string {
  return `?${new URLSearchParams(failureFields(query))}`;
}

/** Returns the filter of a query, without cursor, confirmation and selection. */
export function filterOnly(query: FailureQuery): FailureQuery {
  const ids = query.selection ? [] : query.ids;
  return { ...query, ids, selection: false, cursor: null, ask: null };
}

/** Returns the filter with a facet's value toggled. */
export function toggled(query: FailureQuery, name: FacetName, value: string): FailureQuery {
  const present = query[name];
  const next = present.includes(value)
    ? present.filter((each) => each !== value)
    : [...present, value];
  return { ...filterOnly(query), [name]: next };
}

/** Whether a query filters failed articles. */
export function isFiltered(query: FailureQuery): boolean {
  return failureFields(filterOnly(query)).length > 0;
}
