import type { Sql } from "../database/postgres_client.ts";
import { readHistory, readHistoryBegin } from "../database/chart_history.ts";
import type { StreamSample } from "../wire/stream_sample.ts";
import {
  ALERT_MEASURES,
  type AlertMeasure,
  type AlertPreview,
  type NewAlertRule,
} from "../wire/alerts.ts";
import { type AlertState, CLEAR, isFiring, nextState } from "./alert_state.ts";
import { rateOf } from "./alert_measures.ts";

/**
 * Evaluates a rule on the past week's samples, one per half hour: shorter excesses may be missed. Throws
 * `DatabaseUnreachableError`.
 */
export async function previewRule(
  sql: Sql,
  rule: Pick<NewAlertRule, "measure" | "threshold" | "for_seconds">,
): Promise<AlertPreview> {
  const isKnown = ALERT_MEASURES[rule.measure].inHistory;
  if (!isKnown) return { known: false, since: null, firings: [], points: [] };
  const [samples, begin] = await Promise.all([readHistory(sql, "7d"), readHistoryBegin(sql)]);
  return evaluateRule(rule, samples, begin ?? 0);
}

/** Evaluates a rule on samples, oldest first; `begin` is when the data begins, ms. */
export function evaluateRule(
  rule: Pick<NewAlertRule, "measure" | "threshold" | "for_seconds">,
  samples: readonly StreamSample[],
  begin: number,
): AlertPreview {
  const measured = samples.flatMap((sample, index) => {
    const value = measureOf(rule.measure, samples[index - 1], sample);
    return value === null ? [] : [{ at: sample.at, value }];
  });
  // The interval of a sample may start before the data.
  const points = measured.filter((_, index) => (measured[index + 1]?.at ?? Infinity) > begin)
    .map(({ at, value }) => ({ at: Math.max(at, begin), value }));
  return { known: true, since: points[0]?.at ?? null, firings: firingsOf(rule, points), points };
}

function firingsOf(
  rule: Pick<NewAlertRule, "threshold" | "for_seconds">,
  points: AlertPreview["points"],
): AlertPreview["firings"] {
  const firings: AlertPreview["firings"] = [];
  let state: AlertState = CLEAR;
  for (const point of lasting(points)) {
    const before: AlertState = state;
    state = nextState(state, rule, point);
    if (isFiring(state) && state.kind !== "clear") {
      const { since, peak } = state;
      const open = { began_at: since, ended_at: null, peak };
      if (isFiring(before)) firings[firings.length - 1] = open;
      else firings.push(open);
    } else if (isFiring(before)) {
      firings[firings.length - 1]!.ended_at = point.at;
    }
  }
  return firings;
}

/** Samples are stored only after changes, so each value lasts until the next one. */
function lasting(points: AlertPreview["points"]): AlertPreview["points"] {
  return points.flatMap((point, index) => {
    const next = points[index + 1];
    return next === undefined ? [point] : [point, { at: next.at - 1, value: point.value }];
  });
}

function measureOf(
  measure: AlertMeasure,
  before: StreamSample | undefined,
  sample: StreamSample,
): number | null {
  switch (measure) {
    case "dead_letters":
      return sample.dead;
    case "backlog":
      return sample.pending;
    case "failure_rate":
      return before === undefined ? null : rateOf(before, sample);
    default:
      return null;
  }
}
