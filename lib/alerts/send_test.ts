import { listAlertTargets } from "../database/alert_rules.ts";
import type { DeliveryResult } from "../database/alert_deliveries.ts";
import type { Sql } from "../database/postgres_client.ts";
import { sendWebhook } from "./send_webhook.ts";
import { createWebhookRequest } from "./webhook_request.ts";

/** Sends a test message to a target once, at `now`, ms since the epoch; returns the result and the target's name, null for an unknown target. */
export async function sendTest(
  sql: Sql,
  id: number,
  now: number,
  signal: AbortSignal,
): Promise<DeliveryResult & { ms: number; target: string } | null> {
  const target = (await listAlertTargets(sql)).find((each) => each.id === id);
  if (target === undefined) return null;
  const request = await createWebhookRequest({
    target,
    alert: {
      event: "test",
      ruleName: target.name,
      measure: "dead_letters",
      threshold: 0,
      value: 0,
      peak: 0,
      beganAt: now,
      endedAt: null,
    },
    deliveryId: `test-${now}`,
    link: null,
    now: Math.floor(now / 1_000),
  });
  const began = performance.now();
  const result = await sendWebhook(request, signal);
  return { ...result, ms: Math.round(performance.now() - began), target: target.name };
}
