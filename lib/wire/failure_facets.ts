/** The facets of failures: the kind of label in the database, and the name in a filter. */
export const FACETS = [
  { kind: "reason", field: "reason" },
  { kind: "cause", field: "fingerprint" },
  { kind: "group", field: "group" },
  { kind: "source", field: "source" },
  { kind: "node", field: "node" },
] as const;

export type FacetKind = typeof FACETS[number]["kind"];

/** The value for failures without a label, such as those of articles without a source. */
export const NO_LABEL = "(none)";

/** The number of buckets of one value's counts over time, newest last. */
export const FACET_PARTS = 12;

/** The number of buckets of all matching failures over time. */
export const TIME_PARTS = 48;

/** The number of failures with one value that match the other facets and the time. */
export interface FacetValue {
  /** The label, or `NO_LABEL`. */
  value: string;
  count: number;
  recent: number[];
}

/** The values of one facet, most frequent first, and their number. */
export interface Facet {
  kind: FacetKind;
  total: number;
  values: FacetValue[];
}

/** The counts of failures by facet; times are ms since the epoch. */
export interface FailureFacets {
  /** The number of failures that match the text, regardless of other filters. */
  all: { retry: number; dead: number };
  /** Counts by state under all other filters: what choosing each state would show. */
  states: { retry: number; dead: number };
  /** The number of failures that match the whole filter. */
  matching: { retry: number; dead: number };
  facets: Facet[];
  /** Counts under all filters but the time: from `from` to `to` in `TIME_PARTS` buckets. */
  time: { from: number; to: number; counts: number[] };
}
