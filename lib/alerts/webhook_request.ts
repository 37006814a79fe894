import type { AlertTargetSecrets } from "../database/alert_rules.ts";
import { type Alert, alertText } from "./alert_text.ts";

/** An HTTP request to a target. */
export interface WebhookRequest {
  url: string;
  headers: Record<string, string>;
  body: string;
}

export interface WebhookOptions {
  target: Pick<AlertTargetSecrets, "kind" | "url" | "secret" | "language">;
  alert: Alert;
  /** The idempotency key: equal for every try, so that a receiver can drop duplicates. */
  deliveryId: string;
  /** The URL of a page with details; null without a public address. */
  link: string | null;
  /** Seconds since the epoch, for signatures. */
  now: number;
}

/**
 * Builds the request for a target's kind. Signatures:
 * - webhook: `X-Millrace-Signature: sha256=HEX`, HMAC-SHA256 of `TIMESTAMP.BODY`, the timestamp being
 *   `X-Millrace-Timestamp`;
 * - Feishu: `sign` in the body, the HMAC-SHA256 of the empty text with the key `TIMESTAMP\nSECRET`, in base64;
 * - DingTalk: `timestamp` (ms) and `sign` in the URL, the HMAC-SHA256 of `TIMESTAMP\nSECRET`, in
 *   base64;
 * - Slack and WeCom: none, since the URL is the secret.
 */
export async function createWebhookRequest(options: WebhookOptions): Promise<WebhookRequest> {
  const { target: { kind, url, secret, language }, alert, deliveryId, link, now } = options;
  const text = alertText(alert, language, link);
  const headers = { "content-type": "application/json", "user-agent": "Millrace" };
  switch (kind) {
    case "slack":
      return { url, headers, body: JSON.stringify({ text }) };
    case "wecom":
      return { url, headers, body: JSON.stringify({ msgtype: "text", text: { content: text } }) };
    case "feishu": {
      const signed = secret === null ? {} : {
        timestamp: String(now),
        sign: (await hmac(`${now}\n${secret}`, "")).toBase64(),
      };
      const body = { ...signed, msg_type: "text", content: { text } };
      return { url, headers, body: JSON.stringify(body) };
    }
    case "dingtalk": {
      const address = new URL(url);
      if (secret !== null) {
        const timestamp = String(now * 1_000);
        address.searchParams.set("timestamp", timestamp);
        const sign = await hmac(secret, `${timestamp}\n${secret}`);
        address.searchParams.set("sign", sign.toBase64());
      }
      const body = { msgtype: "text", text: { content: text } };
      return { url: address.href, headers, body: JSON.stringify(body) };
    }
    case "webhook": {
      const { event, ruleName, measure, threshold, value, peak, beganAt, endedAt } = alert;
      const body = JSON.stringify({
        id: deliveryId,
        event,
        rule: ruleName,
        measure,
        threshold,
        value,
        peak,
        began_at: new Date(beganAt).toISOString(),
        ended_at: endedAt === null ? null : new Date(endedAt).toISOString(),
        text,
        link,
      });
      const signature = secret === null ? {} : {
        "x-millrace-timestamp": String(now),
        "x-millrace-signature": `sha256=${(await hmac(secret, `${now}.${body}`)).toHex()}`,
      };
      return {
        url,
        headers: { ...headers, "x-millrace-delivery": deliveryId, ...signature },
        body,
      };
    }
  }
}

async function hmac(key: string, message: string): Promise<Uint8Array> {
  const encoder = new TextEncoder();
  const algorithm = { name: "HMAC", hash: "SHA-256" };
  const imported = await crypto.subtle.importKey("raw", encoder.encode(key), algorithm, false, [
    "sign",
  ]);
  return new Uint8Array(await crypto.subtle.sign("HMAC", imported, encoder.encode(message)));
}
