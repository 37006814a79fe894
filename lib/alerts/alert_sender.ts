import type { Logger } from "@logtape/logtape";
import {
  type AlertDelivery,
  claimDelivery,
  listDueTargets,
  MAX_TRIES,
  recordDelivery,
} from "../database/alert_deliveries.ts";
import type { Sql } from "../database/postgres_client.ts";
import { DatabaseUnreachableError, toError } from "../runtime/errors.ts";
import type { ServerClock } from "../runtime/server_clock.ts";
import { sendWebhook } from "./send_webhook.ts";
import { createWebhookRequest } from "./webhook_request.ts";

const POLL_MS = 2_000;

/**
 * Sends the deliveries of alerts, each from one node, and retries failed ones. Each target has a queue of its
 * own, which sends one message at a time, so that a slow target delays no other one.
 */
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
  let looking: Promise<void> | null = null;
  /** The running queues by the id of their target. */
  const queues = new Map<number, Promise<void>>();
  const deliveries = { delivered: 0, failed: 0 };

  async function startQueues() {
    await quietly(async () => {
      for (const target of await listDueTargets(sql)) {
        if (queues.has(target) || stopping.signal.aborted) continue;
        queues.set(target, quietly(() => drain(target)).finally(() => queues.delete(target)));
      }
    });
  }

  /** Sends what is due to a target. */
  async function drain(target: number) {
    while (!stopping.signal.aborted) {
      const due = await claimDelivery(sql, target);
      if (due === null) return;
      await send(due);
    }
  }

  async function quietly(work: () => Promise<void>) {
    try {
      await work();
    } catch (error) {
      // A claimed delivery is due again after its lease.
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
      looking ??= startQueues().finally(() => {
        looking = null;
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
      await looking;
      await Promise.all(queues.values());
    },
  };
}
