import { HttpError } from "fresh";
import { sendTest } from "../../alerts/send_test.ts";
import type { DeliveryResult } from "../../database/alert_deliveries.ts";
import { acknowledgeFiring } from "../../database/alert_firings.ts";
import {
  deleteAlertRule,
  deleteAlertTarget,
  insertAlertTarget,
  listAlertTargets,
  muteAlerts,
  writeAlertRule,
} from "../../database/alert_rules.ts";
import type { Node } from "../../node/node.ts";
import { mayReach } from "../../runtime/alert_hosts.ts";
import type { Actor } from "../../wire/actor.ts";
import type { NewAlertRule, NewAlertTarget } from "../../wire/alerts.ts";
import type { AuditEntry } from "../../wire/audit_event.ts";

/** What people do with alerts, on the page and in the API. Each action is recorded in the audit log. */
export interface AlertActions {
  /**
   * Stores a rule, a new one if `id` is null; returns its id, null where another rule has the name. Throws an
   * `HttpError` 404 for an unknown rule, 400 for an unknown target.
   */
  save(id: number | null, rule: NewAlertRule): Promise<number | null>;
  /** Throws an `HttpError` 404 for an unknown rule. */
  remove(id: number): Promise<void>;
  /**
   * Mutes a rule, or all if `id` is null; 0 seconds ends the mute. Returns the number of rules. Throws an `HttpError`
   * 404 for an unknown rule.
   */
  mute(id: number | null, seconds: number): Promise<number>;
  /** Throws an `HttpError` 404 for an unknown firing. */
  acknowledge(id: number): Promise<void>;
  /**
   * Creates a target and returns its id, null where the name is taken. Throws an `HttpError` 400 for an address
   * that this process may not connect to.
   */
  addTarget(target: NewAlertTarget): Promise<number | null>;
  /** Throws an `HttpError` 404 for an unknown target. */
  removeTarget(id: number): Promise<void>;
  /** Sends a test and returns its result. Throws an `HttpError` 404 for an unknown target. */
  testTarget(id: number, signal: AbortSignal): Promise<DeliveryResult & { ms: number }>;
}

export function createAlertActions(
  { database: { sql }, events, clock }: Pick<Node, "database" | "events" | "clock">,
  actor: Actor,
): AlertActions {
  const record = (entry: AuditEntry) => events.record(entry, { actor });
  const recordSetting = (subject: string) => record({ kind: "settings", subject, counts: {} });

  return {
    async save(id, rule) {
      const targets = await listAlertTargets(sql);
      const unknown = rule.target_ids.find((each) => !targets.some(({ id }) => id === each));
      if (unknown !== undefined) throw new HttpError(400, `There is no target ${unknown}`);
      const written = await writeAlertRule(sql, id, rule);
      if (written === "unknown") throw new HttpError(404, `There is no rule ${id}`);
      if (written === "taken") return null;
      if (written.changed) await recordSetting(`alert rule ${rule.name}`);
      return written.id;
    },
    async remove(id) {
      const name = found(await deleteAlertRule(sql, id), `There is no rule ${id}`);
      await recordSetting(`alert rule ${name} deleted`);
    },
    async mute(id, seconds) {
      const rules = await muteAlerts(sql, id, seconds);
      const subject = id === null ? null : found(rules[0]?.name ?? null, `There is no rule ${id}`);
      if (rules.some(({ changed }) => changed)) {
        await record(
          seconds > 0
            ? { kind: "alert_muted", subject, counts: { seconds } }
            : { kind: "alert_unmuted", subject, counts: {} },
        );
      }
      return rules.length;
    },
    async acknowledge(id) {
      const subject = found(
        await acknowledgeFiring(sql, id, actor.name),
        `There is no firing ${id}`,
      );
      await record({ kind: "alert_acknowledged", subject, counts: {} });
    },
    async addTarget(target) {
      if (!mayReach(target.url)) {
        throw new HttpError(400, `url: ALERT_HOSTS does not name ${new URL(target.url).host}`);
      }
      const id = await insertAlertTarget(sql, target);
      if (id !== null) await recordSetting(`alert target ${target.name}`);
      return id;
    },
    async removeTarget(id) {
      const name = found(await deleteAlertTarget(sql, id), `There is no target ${id}`);
      await recordSetting(`alert target ${name} deleted`);
    },
    async testTarget(id, signal) {
      const sent = found(await sendTest(sql, id, clock.now(), signal), `There is no target ${id}`);
      const { target, ...result } = sent;
      await record({ kind: "alert_tested", subject: target, counts: {} });
      return result;
    },
  };
}

function found<T>(value: T | null, otherwise: string): T {
  if (value === null) throw new HttpError(404, otherwise);
  return value;
}
