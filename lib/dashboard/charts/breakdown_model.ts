import { batch, type ReadonlySignal, signal } from "@preact/signals";
import { type Breakdown, type BreakdownView, breakdownView } from "../../wire/breakdown.ts";
import { callApi, type Failure } from "../requests/api.ts";
import type { HistoryModel } from "./history_model.ts";

/** By what the charts are broken down, and the two that stand side by side; an empty pair: all. */
export interface BreakdownChoice {
  by: Breakdown | null;
  pair: readonly string[];
}

/** A choice with what it shows; null when nothing is broken down, or the database is away. */
export interface ShownBreakdown extends BreakdownChoice {
  view: BreakdownView | null;
}

/** The charts by node or by group, over the span of the history. */
export interface BreakdownModel {
  readonly shown: ReadonlySignal<ShownBreakdown>;
  readonly loading: ReadonlySignal<boolean>;
  readonly failure: ReadonlySignal<Failure | null>;
  /** Shows another choice once its data are here. */
  show(choice: BreakdownChoice): Promise<void>;
  /** Fetches what is shown again: the span is another, or time went on. */
  refresh(): Promise<void>;
}

export function createBreakdownModel(
  { span, until }: Pick<HistoryModel, "span" | "until">,
  first: ShownBreakdown,
): BreakdownModel {
  const shown = signal(first);
  const loading = signal(false);
  const failure = signal<Failure | null>(null);
  let latestRequest = 0;

  async function show({ by, pair }: BreakdownChoice) {
    const request = ++latestRequest;
    if (by === null) {
      batch(() => {
        loading.value = false;
        failure.value = null;
        shown.value = { by, pair: [], view: null };
      });
      return;
    }
    loading.value = true;
    const query = new URLSearchParams({ span: span.peek(), by });
    if (until.peek() !== null) query.set("until", String(until.peek()));
    for (const name of pair) query.append("of", name);
    const got = await callApi(`/api/processor/breakdown?${query}`, breakdownView);
    // A later request has replaced this one.
    if (request !== latestRequest) return;
    batch(() => {
      loading.value = false;
      failure.value = got.kind === "failed" ? got.failure : null;
      if (got.kind === "done") shown.value = { by, pair, view: got.data };
    });
  }

  return {
    shown,
    loading,
    failure,
    show,
    async refresh() {
      if (shown.peek().by !== null) await show(shown.peek());
    },
  };
}
