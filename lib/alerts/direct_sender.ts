import type { Logger } from "@logtape/logtape";
import type { AlertTargetSecrets } from "../database/alert_rules.ts";
import type { AlertRule } from "../wire/alerts.ts";
import type { ProcessorStatus } from "../wire/processor_status.ts";
import type { AlertState } from "./alert_state.ts";
import { sendWebhook } from "./send_webhook.ts";
import { createWebhookRequest } from "./webhook_request.ts";

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

/** Sends alerts during an outage of the database: each once, without retries, from the node that is first by name. */
export interface DirectSender {
  send(rule: AlertRule, targets: AlertTargetSecrets[], firing: UnrecordedFiring): Promise<void>;
  /** Called when the outage is over. */
  reset(): void;
}

export function createDirectSender(
  { node, logger, link, signal }: DirectSenderParts,
): DirectSender {
  const sent = new Set<number>();

  return {
    async send(rule, targets, { state, value, status: { nodes, at } }) {
      const isFirst = nodes.every((each) => each.lost || node <= each.node);
      const isMuted = rule.muted_until !== null && rule.muted_until > at;
      if (!isFirst || isMuted || sent.has(rule.id)) return;
      sent.add(rule.id);
      const { measure, threshold, name: ruleName } = rule;
      const alert = {
        ...{ event: "fired" as const, ruleName, measure, threshold, value, peak: state.peak },
        beganAt: state.since,
        endedAt: null,
      };
      for (const target of targets.filter(({ id }) => rule.target_ids.includes(id))) {
        const request = await createWebhookRequest({
          target,
          alert,
          deliveryId: `${node}-${rule.id}-${state.since}`,
          link,
          now: Math.floor(at / 1_000),
        });
        const { delivered, error } = await sendWebhook(request, signal);
        if (!delivered) {
          logger.error("An alert could not be delivered to {target}: {error}", {
            target: target.name,
            error,
          });
        }
      }
    },
    reset: () => sent.clear(),
  };
}
