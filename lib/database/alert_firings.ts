import { z } from "zod";
import { type AlertFiring, alertFiring, type AlertRule } from "../wire/alerts.ts";
import type { Sql } from "./postgres_client.ts";
import { readRows } from "./query.ts";

const idRow = z.object({ id: z.number() });

/**
 * Records that a rule fires, with a delivery to each of its targets unless muted. Idempotent: the first node
 * gets the firing's id, others null.
 */
export async function openFiring(
  sql: Sql,
  rule: AlertRule,
  { value, ageMs }: { value: number; ageMs: number },
): Promise<number | null> {
  const [opened] = await readRows(
    idRow,
    () =>
      sql`
        WITH opened AS (
          INSERT INTO alert_firings (rule_id, rule_name, measure, threshold, value, peak, began_at)
          SELECT id, name, measure, threshold, ${value}, ${value}, now() - ${ageMs} * interval '1 ms'
          FROM alert_rules WHERE id = ${rule.id} AND enabled
          ON CONFLICT (rule_id) WHERE ended_at IS NULL DO NOTHING RETURNING id
        ), delivered AS (
          INSERT INTO alert_deliveries (firing_id, target_id, target_name, event)
          SELECT opened.id, targets.id, targets.name, 'fired'
          FROM opened, alert_rules AS rules JOIN alert_targets AS targets
            ON targets.id = ANY(rules.target_ids)
          WHERE rules.id = ${rule.id} AND coalesce(rules.muted_until < now(), true)
        )
        SELECT id FROM opened`,
  );
  return opened?.id ?? null;
}

/**
 * Records the end of a rule's firing, with deliveries to the targets that were notified. Idempotent: the first
 * node gets the firing's id, others null.
 */
export async function closeFiring(sql: Sql, ruleId: number): Promise<number | null> {
  const [closed] = await readRows(
    idRow,
    () =>
      sql`
        WITH closed AS (
          UPDATE alert_firings SET ended_at = now()
          WHERE rule_id = ${ruleId} AND ended_at IS NULL RETURNING id
        ), delivered AS (
          INSERT INTO alert_deliveries (firing_id, target_id, target_name, event)
          SELECT sent.firing_id, sent.target_id, sent.target_name, 'resolved'
          FROM closed JOIN alert_deliveries AS sent ON sent.firing_id = closed.id
          WHERE sent.target_id IS NOT NULL
            AND (SELECT notify_resolved FROM alert_rules WHERE id = ${ruleId})
        )
        SELECT id FROM closed`,
  );
  return closed?.id ?? null;
}

/** Raises the peak of a rule's open firing. */
export async function raisePeak(sql: Sql, ruleId: number, peak: number): Promise<void> {
  await readRows(
    idRow,
    () =>
      sql`
        UPDATE alert_firings SET peak = ${peak}
        WHERE rule_id = ${ruleId} AND ended_at IS NULL AND peak < ${peak} RETURNING id`,
  );
}

/** Records the acknowledgement of a firing. Returns the name of its rule, or null for an unknown firing. */
export async function acknowledgeFiring(
  sql: Sql,
  id: number,
  by: string,
): Promise<string | null> {
  const [found] = await readRows(
    z.object({ ruleName: z.string() }),
    () =>
      sql`
        UPDATE alert_firings SET
          acknowledged_at = coalesce(acknowledged_at, now()),
          acknowledged_by = coalesce(acknowledged_by, ${by})
        WHERE id = ${id} RETURNING rule_name`,
  );
  return found?.ruleName ?? null;
}

const firingRow = z.object({
  id: z.number(),
  ruleId: z.number().nullable(),
  ruleName: z.string(),
  measure: z.string(),
  threshold: z.number(),
  value: z.number(),
  peak: z.number(),
  beganAt: z.number(),
  endedAt: z.number().nullable(),
  acknowledgedAt: z.number().nullable(),
  acknowledgedBy: z.string().nullable(),
  deliveries: z.array(z.unknown()),
});

/** Lists firings, newest first; with `open`, only current ones. */
export async function listFirings(
  sql: Sql,
  { open = false, limit }: { open?: boolean; limit: number },
): Promise<AlertFiring[]> {
  const rows = await readRows(
    firingRow,
    () =>
      sql`
        SELECT
          id, rule_id, rule_name, measure, threshold, value, peak, began_at, ended_at,
          acknowledged_at, acknowledged_by,
          coalesce((
            SELECT json_agg(json_build_object(
              'target', target_name, 'event', event, 'tries', tries,
              'delivered_at', floor(date_part('epoch', delivered_at) * 1000),
              'pending', next_try_at IS NOT NULL,
              'next_try_at', floor(date_part('epoch', next_try_at) * 1000),
              'status', status, 'error', error
            ) ORDER BY deliveries.id)
            FROM alert_deliveries AS deliveries WHERE firing_id = firings.id
          ), '[]') AS deliveries
        FROM alert_firings AS firings
        ${open ? sql`WHERE ended_at IS NULL` : sql``}
        ORDER BY began_at DESC, id DESC LIMIT ${limit}`,
  );
  return rows.map((row) =>
    alertFiring.parse({
      ...row,
      rule_id: row.ruleId,
      rule_name: row.ruleName,
      began_at: row.beganAt,
      ended_at: row.endedAt,
      acknowledged_at: row.acknowledgedAt,
      acknowledged_by: row.acknowledgedBy,
    })
  );
}
