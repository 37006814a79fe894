import { queryText } from "./query_text.ts";

/** What an operator may do to many failed articles: retry them, or clear those that are dead. */
export const BULK_KINDS = ["retry", "clear"] as const;
export type BulkKind = typeof BULK_KINDS[number];

/** What the address of the page of failures asks for; null where it asks for nothing. */
export interface FailureQuery {
  state: "retry" | "dead" | null;
  /** Part of the error. */
  q: string | null;
  /** A fingerprint. */
  cause: string | null;
  /** Articles that were selected, perhaps none; null: all that match are meant. */
  ids: number[] | null;
  /** Where the page of articles begins. */
  cursor: number | null;
  /** What is to be asked about before it is done. */
  ask: BulkKind | null;
}

/** More cannot be selected on a page. */
const MOST_IDS = 200;

/** What the field `of` says where only selected articles are meant. */
export const SELECTION = "selection";

/** Reads an address, or the fields of a form with the same names. */
export function readFailureQuery(query: URLSearchParams): FailureQuery {
  const text = (name: string) => queryText(query, name);
  const state = query.get("state");
  return {
    state: state === "retry" || state === "dead" ? state : null,
    q: text("q"),
    cause: text("cause"),
    ids: query.get("of") === SELECTION ? selectedIds(query) : null,
    cursor: wholeNumber(query.get("cursor")),
    ask: BULK_KINDS.find((kind) => kind === query.get("ask")) ?? null,
  };
}

function selectedIds(query: URLSearchParams): number[] {
  return query.getAll("id").map(wholeNumber).filter((id) => id !== null).slice(0, MOST_IDS);
}

function wholeNumber(text: string | null): number | null {
  return text !== null && /^\d{1,15}$/.test(text) ? Number(text) : null;
}

/** The fields that a query asks with: of an address, or hidden in a form. */
export function failureFields(query: Partial<FailureQuery>): [string, string][] {
  const { ids = null, ...single } = query;
  const fields: [string, string][] = [];
  for (const [name, value] of Object.entries(single)) {
    if (value !== null && value !== undefined) fields.push([name, String(value)]);
  }
  if (ids === null) return fields;
  return [...fields, ["of", SELECTION], ...ids.map((id): [string, string] => ["id", String(id)])];
}

/** The link, from the page itself, to what a query asks for. */
export function failuresLink(query: Partial<FailureQuery>): string {
  return `?${new URLSearchParams(failureFields(query))}`;
}

/** Whether a query leaves failed articles out. */
export function isFiltered({ state, q, cause }: FailureQuery): boolean {
  return state !== null || q !== null || cause !== null;
}
