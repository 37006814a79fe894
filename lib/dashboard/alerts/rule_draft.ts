import {
  ALERT_MEASURES,
  type AlertMeasure,
  alertMeasure,
  type AlertRule,
  type NewAlertRule,
} from "../../wire/alerts.ts";
import { readNumber } from "../shell/number_text.ts";

/** The form's draft of a rule, with its numbers as they are typed; `id` is null for a new one. */
export type RuleDraft =
  & Omit<NewAlertRule, "threshold" | "for_seconds">
  & { id: number | null; threshold: string; for_seconds: string };

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
    threshold: String(DEFAULT_THRESHOLDS[measure].threshold),
    for_seconds: String(DEFAULT_THRESHOLDS[measure].for_seconds),
    target_ids: [],
    browser: true,
    notify_resolved: true,
    enabled: true,
  };
}

/**
 * Reads the draft from a URL: that of the rule with the id `rule`, with the form's changes. Returns null if
 * no rule is open. Keeps numbers as they are typed, and ignores other invalid values.
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
  const begin: RuleDraft = known === undefined
    ? newDraft(measure ?? "dead_letters", nameOf(measure ?? "dead_letters"))
    : { ...known, threshold: String(known.threshold), for_seconds: String(known.for_seconds) };
  if (!query.has("threshold")) return begin;
  return {
    id: begin.id,
    name: query.get("name") ?? begin.name,
    measure: measure ?? begin.measure,
    threshold: query.get("threshold") ?? begin.threshold,
    for_seconds: query.get("for_seconds") ?? begin.for_seconds,
    target_ids: query.getAll("target").map(Number).filter(Number.isSafeInteger),
    browser: query.has("browser"),
    notify_resolved: query.has("notify_resolved"),
    enabled: query.has("enabled"),
  };
}

/** The texts and choices of a rule's form. */
export type RuleTexts = Omit<RuleDraft, "id" | "measure"> & { measure: string };

/** Returns the values of a form for the schema of a rule; what is no number is null, what is empty is missing. */
export function ruleFields(texts: RuleTexts): Record<string, unknown> {
  const { name, measure, threshold, for_seconds, target_ids, browser, notify_resolved, enabled } =
    texts;
  const number = (text: string) => text.trim() === "" ? undefined : readNumber(text);
  return {
    name,
    measure,
    threshold: number(threshold),
    for_seconds: number(for_seconds),
    target_ids,
    browser,
    notify_resolved,
    enabled,
  };
}
