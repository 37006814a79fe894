import { z } from "zod";
import { alertMeasure, TARGET_KINDS } from "../wire/alerts.ts";
import type { Sql } from "./postgres_client.ts";
import { readRows, run } from "./query.ts";
import { storable } from "./sql_parameters.ts";

/** The base of the exponential backoff between tries, with jitter. */
const FIRST_PAUSE_S = 5;
const LONGEST_PAUSE_S = 1_800;
export const MAX_TRIES = 8;

const delivery = z.object({
  id: z.number(),
  event: z.enum(["fired", "resolved"]),
  tries: z.number(),
  targetName: z.string(),
  kind: z.enum(TARGET_KINDS),
  url: z.string(),
  secret: z.string().nullable(),
  language: z.enum(["zh", "en"]),
  firingId: z.number(),
  ruleName: z.string(),
  measure: alertMeasure,
  threshold: z.number(),
  value: z.number(),
  peak: z.number(),
  beganAt: z.number(),
  endedAt: z.number().nullable(),
});

/** One message to one target, with the data of its text. */
export type AlertDelivery = z.infer<typeof delivery>;

/**
 * Claims the due deliveries and counts the try; each is claimed by one node. If that node dies, the delivery
 * is due again after the backoff: at-least-once, under the same id.
 */
export async function claimDeliveries(sql: Sql, limit: number): Promise<AlertDelivery[]> {
  return await readRows(
    delivery,
    () =>
      sql`
        WITH due AS (
          SELECT id FROM alert_deliveries WHERE next_try_at <= now() AND target_id IS NOT NULL
          ORDER BY next_try_at LIMIT ${limit} FOR UPDATE SKIP LOCKED
        ), claimed AS (
          UPDATE alert_deliveries AS deliveries SET
            tries = tries + 1,
            next_try_at = now() + (0.5 + random() / 2) * interval '1 s' *
              least(${FIRST_PAUSE_S} * power(2, tries), ${LONGEST_PAUSE_S})
          FROM due WHERE deliveries.id = due.id RETURNING deliveries.*
        )
        SELECT
          claimed.id, claimed.event, claimed.tries, claimed.target_name,
          targets.kind, targets.url, targets.secret, targets.language,
          firings.id AS firing_id, firings.rule_name, firings.measure, firings.threshold,
          firings.value, firings.peak, firings.began_at, firings.ended_at
        FROM claimed
        JOIN alert_targets AS targets ON targets.id = claimed.target_id
        JOIN alert_firings AS firings ON firings.id = claimed.firing_id
        ORDER BY claimed.id`,
  );
}

/** The result of a try. */
export interface DeliveryResult {
  delivered: boolean;
  /** The HTTP status; null without a response. */
  status: number | null;
  error: string | null;
}

/** Records a try's result; after the last one the delivery is given up. */
export async function recordDelivery(
  sql: Sql,
  id: number,
  { delivered, status, error }: DeliveryResult,
): Promise<void> {
  await run(() =>
    sql`
      UPDATE alert_deliveries SET
        status = ${status}, error = ${error === null ? null : storable(error)},
        delivered_at = CASE WHEN ${delivered} THEN now() END,
        next_try_at = CASE WHEN ${delivered} OR tries >= ${MAX_TRIES} THEN NULL ELSE next_try_at END
      WHERE id = ${id}`
  );
}
