import type { Logger } from "@logtape/logtape";
import { closeFiring, openFiring, raisePeak } from "../database/alert_firings.ts";
import {
  type AlertTargetSecrets,
  listAlertRules,
  listAlertTargets,
  pruneAlertFirings,
} from "../database/alert_rules.ts";
import type { Sql } from "../database/postgres_client.ts";
import type { EventRecorder } from "../database/event_recorder.ts";
import { DatabaseUnreachableError, toError } from "../runtime/errors.ts";
import type { AlertRule } from "../wire/alerts.ts";
import type { ProcessorStatus } from "../wire/processor_status.ts";
import { type AlertState, CLEAR, isFiring, nextState } from "./alert_state.ts";
import type { AlertSender } from "./alert_sender.ts";
import { createDirectSender, type UnrecordedFiring } from "./direct_sender.ts";
import { extendTrail, NO_TRAIL, readMeasures } from "./alert_measures.ts";

/** The polling interval for changed rules. */
const REFRESH_MS = 5_000;
const EVALUATE_MS = 1_000;
const KEPT_DAYS = 90;
const PRUNE_MS = 3_600_000;

/**
 * Evaluates the rules against statuses. Every node does so; the first to record a firing in the database
 * creates its deliveries, so that each is sent once. During an outage of the database, the node that is first
 * by name sends directly.
 */
export interface AlertWatch extends AsyncDisposable {
  start(): void;
  /** Called with each status; evaluates the rules once a second. */
  note(status: ProcessorStatus): void;
  /** The number of firing rules known to this node, and of those that notify open browsers. */
  counts(): { firing: number; browser: number };
}

export interface AlertWatchParts {
  node: string;
  sql: Sql;
  logger: Logger;
  alertSender: AlertSender;
  events: EventRecorder;
  /** The URL of the alerts page; null without a public address. */
  link: string | null;
}

export function createAlertWatch(parts: AlertWatchParts): AlertWatch {
  const { node, sql, logger, alertSender, events, link } = parts;
  const stopping = new AbortController();
  const states = new Map<number, AlertState>();
  const direct = createDirectSender({ node, logger, link, signal: stopping.signal });
  let rules: AlertRule[] = [];
  let targets: AlertTargetSecrets[] = [];
  let trail = NO_TRAIL;
  let evaluatedAt = 0;
  let refreshedAt = 0;
  let prunedAt = 0;
  let working: Promise<void> | null = null;

  async function refresh(at: number) {
    if (at - refreshedAt < REFRESH_MS) return;
    [rules, targets] = await Promise.all([listAlertRules(sql), listAlertTargets(sql)]);
    refreshedAt = at;
    direct.reset();
    if (at - prunedAt < PRUNE_MS) return;
    prunedAt = at;
    await pruneAlertFirings(sql, KEPT_DAYS);
  }

  async function evaluate(status: ProcessorStatus) {
    const measures = readMeasures(trail, status);
    for (const rule of rules) {
      const value = rule.enabled ? measures[rule.measure] : 0;
      const state = nextState(states.get(rule.id) ?? CLEAR, rule, { at: status.at, value });
      states.set(rule.id, state);
      if (state.kind !== "clear" && isFiring(state)) {
        await fire(rule, { state, value: value ?? rule.threshold, status });
      } else if (rule.firing && value !== null && state.kind === "clear") await resolve(rule);
    }
  }

  async function fire(rule: AlertRule, { state, value, status }: UnrecordedFiring) {
    try {
      if (rule.firing) return await raisePeak(sql, rule.id, state.peak);
      const ageMs = Math.max(0, status.at - state.since);
      const opened = await openFiring(sql, rule, { value, ageMs });
      rule.firing = true;
      if (opened === null) return;
      const { name, measure, threshold } = rule;
      logger.warning("Alert {rule}: {measure} is {value}, above {threshold}", {
        rule: name,
        measure,
        value,
        threshold,
      });
      await events.record({ kind: "alert_raised", subject: rule.name, counts: {} });
      alertSender.wake();
    } catch (error) {
      if (!(error instanceof DatabaseUnreachableError)) throw error;
      direct.send(rule, targets, { state, value, status });
    }
  }

  async function resolve(rule: AlertRule) {
    const closed = await closeFiring(sql, rule.id);
    rule.firing = false;
    if (closed === null) return;
    logger.info("Alert {rule} is resolved", { rule: rule.name });
    await events.record({ kind: "alert_resolved", subject: rule.name, counts: {} });
    alertSender.wake();
  }

  async function work(status: ProcessorStatus) {
    try {
      await refresh(status.at).catch((error) => {
        // The last known rules still apply, above all the one on the database.
        if (!(error instanceof DatabaseUnreachableError)) throw error;
      });
      await evaluate(status);
    } catch (error) {
      if (error instanceof DatabaseUnreachableError) return;
      logger.error("Cannot evaluate the alert rules: {error}", { error: toError(error) });
    } finally {
      working = null;
    }
  }

  return {
    start: () => alertSender.start(),
    note(status) {
      trail = extendTrail(trail, status);
      if (working !== null || stopping.signal.aborted) return;
      if (status.at - evaluatedAt < EVALUATE_MS) return;
      evaluatedAt = status.at;
      working = work(status);
    },
    counts: () => countFiring(rules),
    async [Symbol.asyncDispose]() {
      stopping.abort();
      await working;
      await direct[Symbol.asyncDispose]();
    },
  };
}

function countFiring(rules: readonly AlertRule[]) {
  const firing = rules.filter((rule) => rule.firing && rule.enabled);
  return { firing: firing.length, browser: firing.filter(({ browser }) => browser).length };
}
