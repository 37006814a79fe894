import { z } from "zod";
import { alertMeasure, TARGET_KINDS } from "../wire/alerts.ts";
import type { Sql } from "./postgres_client.ts";
import { readRows, run } from "./query.ts";
import { storable } from "./sql_parameters.ts";

/** The base of the exponential backoff between tries, with jitter. */
const FIRST_PAUSE_S = 5;
const LONGEST_PAUSE_S = 1_800;
export const MAX_TRIES = 8;
/** The time that a node has for one try, longer than a request's timeout. */
const LEASE_S = 30;

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

/** Returns the ids of the targets with due deliveries. */
export async function listDueTargets(sql: Sql): Promise<number[]> {
  const rows = await readRows(
    z.object({ targetId: z.number() }),
    () =>
      sql`
        SELECT DISTINCT target_id FROM alert_deliveries
        WHERE next_try_at <= now() AND target_id IS NOT NULL`,
  );
  return rows.map(({ targetId }) => targetId);
}

/**
 * Claims a target's next due delivery and counts the try; each is claimed by one node. Messages of a rule keep
 * their order: one is due only when the earlier ones are delivered or given up. Returns null if none is due. If
 * the node dies, the delivery is due again after the lease: at-least-once, under the same id.
 */
export async function claimDelivery(sql: Sql, targetId: number): Promise<AlertDelivery | null> {
  const [claimed] = await readRows(
    delivery,
    () =>
      sql`
        WITH due AS (
          SELECT waiting.id FROM alert_deliveries AS waiting
          JOIN alert_firings AS firings ON firings.id = waiting.firing_id
          WHERE waiting.target_id = ${targetId} AND waiting.next_try_at <= now()
            AND NOT EXISTS (
              SELECT FROM alert_deliveries AS earlier
              JOIN alert_firings AS former ON former.id = earlier.firing_id
              WHERE earlier.target_id = ${targetId} AND earlier.next_try_at IS NOT NULL
                AND earlier.id < waiting.id
                AND (former.id = firings.id OR former.rule_id = firings.rule_id)
            )
          ORDER BY waiting.next_try_at, waiting.id LIMIT 1 FOR UPDATE OF waiting SKIP LOCKED
        ), claimed AS (
          UPDATE alert_deliveries AS deliveries SET
            tries = tries + 1, next_try_at = now() + ${LEASE_S} * interval '1 s'
          FROM due WHERE deliveries.id = due.id RETURNING deliveries.*
        )
        SELECT
          claimed.id, claimed.event, claimed.tries, claimed.target_name,
          targets.kind, targets.url, targets.secret, targets.language,
          firings.id AS firing_id, firings.rule_name, firings.measure, firings.threshold,
          firings.value, firings.peak, firings.began_at, firings.ended_at
        FROM claimed
        JOIN alert_targets AS targets ON targets.id = claimed.target_id
        JOIN alert_firings AS firings ON firings.id = claimed.firing_id`,
  );
  return claimed ?? null;
}

/** The result of a try. */
export interface DeliveryResult {
  delivered: boolean;
  /** The HTTP status; null without a response. */
  status: number | null;
  error: string | null;
}

/**
 * Records a try's result. A failed delivery is due again after its backoff; after the last try it is given up.
 */
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
        next_try_at = CASE WHEN NOT ${delivered} AND tries < ${MAX_TRIES} THEN
          now() + (0.5 + random() / 2) * interval '1 s' *
            least(${FIRST_PAUSE_S} * power(2, tries - 1), ${LONGEST_PAUSE_S})
        END
      WHERE id = ${id}`
  );
}
