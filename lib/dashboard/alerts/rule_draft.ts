import {
  ALERT_MEASURES,
  type AlertMeasure,
  alertMeasure,
  type AlertRule,
  type NewAlertRule,
} from "../../wire/alerts.ts";

/** The form's draft of a rule; `id` is null for a new one. */
export type RuleDraft = NewAlertRule & { id: number | null };

const DEFAULT_THRESHOLDS: Readonly<
  Record<AlertMeasure, { threshold: number; for_seconds: number }>
> = {
  dead_letters: { threshold: 100, for_seconds: 120 },
  backlog: { threshold: 10_000, for_seconds: 300 },
  failure_rate: { threshold: 5, for_seconds: 300 },
  oldest_wait: { threshold: 600, for_seconds: 0 },
  stuck: { threshold: 30, for_seconds: 0 },
  nodes_lost: { threshold: 0, for_seconds: 0 },
  difference: { threshold: 100, for_seconds: 60 },
  unavailable: { threshold: 0, for_seconds: 10 },
};

export const MEASURES = Object.keys(ALERT_MEASURES) as AlertMeasure[];

/** The defaults of a new rule. */
export function newDraft(measure: AlertMeasure, name: string): RuleDraft {
  return {
    id: null,
    name,
    measure,
    ...DEFAULT_THRESHOLDS[measure],
    target_ids: [],
    browser: true,
    notify_resolved: true,
    enabled: true,
  };
}

/**
 * Reads the draft from a URL: that of the rule with the id `rule`, with the form's changes. Returns null if
 * no rule is open. Ignores invalid values.
 */
export function readDraft(
  query: URLSearchParams,
  rules: readonly AlertRule[],
  nameOf: (measure: AlertMeasure) => string,
): RuleDraft | null {
  const rule = query.get("rule");
  if (rule === null) return null;
  const measure = alertMeasure.safeParse(query.get("measure")).data;
  const known = rules.find(({ id }) => String(id) === rule);
  const begin: RuleDraft = known ??
    newDraft(measure ?? "dead_letters", nameOf(measure ?? "dead_letters"));
  if (!query.has("threshold")) return begin;
  return {
    id: begin.id,
    name: query.get("name") ?? begin.name,
    measure: measure ?? begin.measure,
    threshold: numberOf(query.get("threshold")) ?? begin.threshold,
    for_seconds: numberOf(query.get("for_seconds")) ?? begin.for_seconds,
    target_ids: query.getAll("target").map(Number).filter(Number.isSafeInteger),
    browser: query.has("browser"),
    notify_resolved: query.has("notify_resolved"),
    enabled: query.has("enabled"),
  };
}

function numberOf(text: string | null): number | null {
  const number = text === null || text.trim() === "" ? NaN : Number(text);
  return Number.isFinite(number) ? number : null;
}
