import { z } from "zod";
import {
  alertMeasure,
  type AlertRule,
  type AlertTarget,
  type NewAlertRule,
  type NewAlertTarget,
  TARGET_KINDS,
} from "../wire/alerts.ts";
import type { Sql } from "./postgres_client.ts";
import { readRows, run } from "./query.ts";
import { arrayLiteral } from "./sql_parameters.ts";

const idRow = z.object({ id: z.number() });
const writtenRow = z.object({ id: z.number(), changed: z.boolean() });
const nameRow = z.object({ name: z.string() });
const mutedRow = z.object({ name: z.string(), changed: z.boolean() });

const ruleRow = z.object({
  id: z.number(),
  name: z.string(),
  measure: alertMeasure,
  threshold: z.number(),
  forSeconds: z.number(),
  targetIds: z.array(z.number()),
  browser: z.boolean(),
  notifyResolved: z.boolean(),
  enabled: z.boolean(),
  mutedUntil: z.number().nullable(),
  lastFiredAt: z.number().nullable(),
  firing: z.boolean(),
}).transform(({ forSeconds, targetIds, notifyResolved, mutedUntil, lastFiredAt, ...same }) => ({
  ...same,
  for_seconds: forSeconds,
  target_ids: targetIds,
  notify_resolved: notifyResolved,
  muted_until: mutedUntil,
  last_fired_at: lastFiredAt,
}));

/** Returns all rules in order of creation. */
export async function listAlertRules(sql: Sql): Promise<AlertRule[]> {
  return await readRows(
    ruleRow,
    () =>
      sql`
        SELECT
          id, name, measure, threshold, for_seconds, to_json(target_ids) AS target_ids, browser,
          notify_resolved, enabled,
          CASE WHEN muted_until > now() THEN muted_until END AS muted_until,
          (SELECT max(began_at) FROM alert_firings WHERE rule_id = rules.id) AS last_fired_at,
          EXISTS (
            SELECT FROM alert_firings WHERE rule_id = rules.id AND ended_at IS NULL
          ) AS firing
        FROM alert_rules AS rules ORDER BY id`,
  );
}

/** A stored rule, and whether it differs from the one before. */
export type WrittenRule = z.infer<typeof writtenRow>;

/** Stores a rule, a new one if `id` is null. Returns it, or why it is not stored: another rule has the name. */
export async function writeAlertRule(
  sql: Sql,
  id: number | null,
  rule: NewAlertRule,
): Promise<WrittenRule | "unknown" | "taken"> {
  const { name, measure, threshold, for_seconds, target_ids, browser, notify_resolved, enabled } =
    rule;
  const targets = sql`${arrayLiteral(target_ids)}::bigint[]`;
  const [written] = await readRows(
    writtenRow,
    () =>
      id === null
        ? sql`
            INSERT INTO alert_rules
              (name, measure, threshold, for_seconds, target_ids, browser, notify_resolved, enabled)
            VALUES (
              ${name}, ${measure}, ${threshold}, ${for_seconds}, ${targets}, ${browser},
              ${notify_resolved}, ${enabled}
            )
            ON CONFLICT (name) DO NOTHING RETURNING id, true AS changed`
        : sql`
            UPDATE alert_rules AS rules SET
              name = ${name}, measure = ${measure}, threshold = ${threshold},
              for_seconds = ${for_seconds}, target_ids = ${targets}, browser = ${browser},
              notify_resolved = ${notify_resolved}, enabled = ${enabled}
            FROM alert_rules AS before
            WHERE rules.id = ${id} AND before.id = rules.id AND NOT EXISTS (
              SELECT FROM alert_rules AS other WHERE other.name = ${name} AND other.id <> ${id}
            )
            RETURNING rules.id, to_jsonb(rules) <> to_jsonb(before) AS changed`,
  );
  if (written !== undefined) return written;
  if (id === null) return "taken";
  const known = await readRows(idRow, () => sql`SELECT id FROM alert_rules WHERE id = ${id}`);
  return known.length > 0 ? "taken" : "unknown";
}

/** Deletes a rule; its firings stay in the history. Returns its name, or null for an unknown rule. */
export async function deleteAlertRule(sql: Sql, id: number): Promise<string | null> {
  const [deleted] = await readRows(
    nameRow,
    () =>
      sql`
        WITH ended AS (
          UPDATE alert_firings SET ended_at = now() WHERE rule_id = ${id} AND ended_at IS NULL
        )
        DELETE FROM alert_rules WHERE id = ${id} RETURNING name`,
  );
  return deleted?.name ?? null;
}

/** Mutes a rule, or all if `id` is null; 0 seconds ends the mute. Returns these rules, and whether each changed. */
export async function muteAlerts(
  sql: Sql,
  id: number | null,
  seconds: number,
): Promise<z.infer<typeof mutedRow>[]> {
  return await readRows(
    mutedRow,
    () =>
      sql`
        UPDATE alert_rules AS rules
        SET muted_until = CASE WHEN ${seconds} > 0 THEN now() + ${seconds} * interval '1 s' END
        FROM alert_rules AS before
        WHERE before.id = rules.id ${id === null ? sql`` : sql`AND rules.id = ${id}`}
        RETURNING
          rules.name, ${seconds} > 0 OR coalesce(before.muted_until > now(), false) AS changed`,
  );
}

/** A target with its secrets, for sending. */
export type AlertTargetSecrets = NewAlertTarget & { id: number };

const targetRow = z.object({
  id: z.number(),
  name: z.string(),
  kind: z.enum(TARGET_KINDS),
  url: z.string(),
  secret: z.string().nullable(),
  language: z.enum(["zh", "en"]),
});

/** Returns all targets with their secrets. */
export async function listAlertTargets(sql: Sql): Promise<AlertTargetSecrets[]> {
  return await readRows(
    targetRow,
    () => sql`SELECT id, name, kind, url, secret, language FROM alert_targets ORDER BY id`,
  );
}

/** A target without its secrets. */
export function shownTarget({ url, secret, ...target }: AlertTargetSecrets): AlertTarget {
  return { ...target, host: new URL(url).host, signed: secret !== null };
}

/** Creates a target; returns null if the name is taken. */
export async function insertAlertTarget(sql: Sql, target: NewAlertTarget): Promise<number | null> {
  const { name, kind, url, secret, language } = target;
  const [inserted] = await readRows(
    idRow,
    () =>
      sql`
        INSERT INTO alert_targets (name, kind, url, secret, language)
        VALUES (${name}, ${kind}, ${url}, ${secret}, ${language})
        ON CONFLICT (name) DO NOTHING RETURNING id`,
  );
  return inserted?.id ?? null;
}

/** Deletes a target and removes it from every rule. Returns its name, or null for an unknown target. */
export async function deleteAlertTarget(sql: Sql, id: number): Promise<string | null> {
  const [deleted] = await readRows(
    nameRow,
    () =>
      sql`
        WITH deleted AS (
          DELETE FROM alert_targets WHERE id = ${id} RETURNING name
        ), rules AS (
          UPDATE alert_rules SET target_ids = array_remove(target_ids, ${id}::bigint)
          WHERE ${id}::bigint = ANY(target_ids)
        )
        SELECT name FROM deleted`,
  );
  return deleted?.name ?? null;
}

/** Deletes firings that ended more than a number of days ago. */
export async function pruneAlertFirings(sql: Sql, days: number): Promise<void> {
  await run(() =>
    sql`DELETE FROM alert_firings WHERE ended_at < now() - ${days} * interval '1 day'`
  );
}
