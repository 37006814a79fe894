import type { Logger } from "@logtape/logtape";
import { claimDeliveries, MAX_TRIES, recordDelivery } from "../database/alert_deliveries.ts";
import type { AlertDelivery } from "../database/alert_deliveries.ts";
import type { Sql } from "../database/postgres_client.ts";
import { DatabaseUnreachableError, toError } from "../runtime/errors.ts";
import type { ServerClock } from "../runtime/server_clock.ts";
import { sendWebhook } from "./send_webhook.ts";
import { createWebhookRequest } from "./webhook_request.ts";

const POLL_MS = 2_000;
const AT_ONCE = 10;

/** Sends the deliveries of alerts, each from one node, and retries failed ones. */
export interface AlertSender extends AsyncDisposable {
  start(): void;
  /** Checks for due deliveries immediately. */
  wake(): void;
  /** The tries of deliveries since the start, by result. */
  deliveries(): { delivered: number; failed: number };
}

export interface AlertSenderParts {
  sql: Sql;
  logger: Logger;
  /** The URL of the alerts page; null without a public address. */
  link: string | null;
  /** The database's time, for signatures. */
  clock: Pick<ServerClock, "now">;
}

export function createAlertSender({ sql, logger, link, clock }: AlertSenderParts): AlertSender {
  const stopping = new AbortController();
  let timer: ReturnType<typeof setTimeout> | undefined;
  let running: Promise<void> | null = null;
  const deliveries = { delivered: 0, failed: 0 };

  async function sendDue() {
    try {
      for (;;) {
        const due = await claimDeliveries(sql, AT_ONCE);
        await Promise.all(due.map(send));
        if (due.length < AT_ONCE || stopping.signal.aborted) return;
      }
    } catch (error) {
      // The delivery is due again after its backoff.
      if (error instanceof DatabaseUnreachableError) return;
      logger.error("Cannot send alerts: {error}", { error: toError(error) });
    }
  }

  async function send(delivery: AlertDelivery) {
    const { id, event, firingId, targetName, tries } = delivery;
    const request = await createWebhookRequest({
      target: delivery,
      alert: delivery,
      deliveryId: `${firingId}-${event}`,
      link,
      now: Math.floor(clock.now() / 1_000),
    });
    const result = await sendWebhook(request, stopping.signal);
    deliveries[result.delivered ? "delivered" : "failed"]++;
    await recordDelivery(sql, id, result);
    if (result.delivered || tries < MAX_TRIES) return;
    logger.error("An alert could not be delivered to {target} after {tries} tries: {error}", {
      target: targetName,
      tries,
      error: result.error,
    });
  }

  function schedule(inMs: number) {
    if (stopping.signal.aborted) return;
    clearTimeout(timer);
    timer = setTimeout(() => {
      running ??= sendDue().finally(() => {
        running = null;
        schedule(POLL_MS);
      });
    }, inMs);
  }

  return {
    start: () => schedule(POLL_MS),
    wake: () => schedule(0),
    deliveries: () => ({ ...deliveries }),
    async [Symbol.asyncDispose]() {
      stopping.abort();
      clearTimeout(timer);
      await running;
    },
  };
}
