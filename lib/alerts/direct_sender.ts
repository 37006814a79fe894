import type { Logger } from "@logtape/logtape";
import type { AlertTargetSecrets } from "../database/alert_rules.ts";
import { toError } from "../runtime/errors.ts";
import type { AlertRule } from "../wire/alerts.ts";
import type { ProcessorStatus } from "../wire/processor_status.ts";
import type { AlertState } from "./alert_state.ts";
import { sendWebhook } from "./send_webhook.ts";
import { createWebhookRequest, type WebhookOptions } from "./webhook_request.ts";

type Message = Pick<WebhookOptions, "alert" | "deliveryId" | "now">;

export interface DirectSenderParts {
  node: string;
  logger: Logger;
  /** The URL of the alerts page; null without a public address. */
  link: string | null;
  signal: AbortSignal;
}

/** A firing that the database cannot record. */
export interface UnrecordedFiring {
  state: Exclude<AlertState, { kind: "clear" }>;
  value: number;
  status: ProcessorStatus;
}

/**
 * Sends alerts during an outage of the database: each once, without retries, from the node that is first by
 * name. Each target has a queue of its own; disposing waits for them.
 */
export interface DirectSender extends AsyncDisposable {
  /** Adds the messages of a firing to the queues, without waiting for them. */
  send(rule: AlertRule, targets: AlertTargetSecrets[], firing: UnrecordedFiring): void;
  /** Called when the outage is over. */
  reset(): void;
}

export function createDirectSender(
  { node, logger, link, signal }: DirectSenderParts,
): DirectSender {
  const sent = new Set<number>();
  /** The end of each target's queue, by the target's id. */
  const queues = new Map<number, Promise<void>>();

  function enqueue(target: AlertTargetSecrets, message: Message) {
    const before = queues.get(target.id) ?? Promise.resolve();
    const sending = before.then(() => sendTo(target, message)).catch((error) => {
      logger.error("Cannot send alerts: {error}", { error: toError(error) });
    }).finally(() => {
      if (queues.get(target.id) === sending) queues.delete(target.id);
    });
    queues.set(target.id, sending);
  }

  async function sendTo(target: AlertTargetSecrets, message: Message) {
    if (signal.aborted) return;
    const request = await createWebhookRequest({ target, link, ...message });
    const { delivered, error } = await sendWebhook(request, signal);
    if (delivered) return;
    logger.error("An alert could not be delivered to {target}: {error}", {
      target: target.name,
      error,
    });
  }

  return {
    send(rule, targets, { state, value, status: { nodes, at } }) {
      const isFirst = nodes.every((each) => each.lost || node <= each.node);
      const isMuted = rule.muted_until !== null && rule.muted_until > at;
      if (!isFirst || isMuted || sent.has(rule.id)) return;
      sent.add(rule.id);
      const { measure, threshold, name: ruleName } = rule;
      const message = {
        alert: {
          ...{ event: "fired" as const, ruleName, measure, threshold, value, peak: state.peak },
          beganAt: state.since,
          endedAt: null,
        },
        deliveryId: `${node}-${rule.id}-${state.since}`,
        now: Math.floor(at / 1_000),
      };
      for (const target of targets.filter(({ id }) => rule.target_ids.includes(id))) {
        enqueue(target, message);
      }
    },
    reset: () => sent.clear(),
    async [Symbol.asyncDispose]() {
      await Promise.all(queues.values());
    },
  };
}
