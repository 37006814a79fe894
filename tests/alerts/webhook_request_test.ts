import assert from "node:assert/strict";
import { createHmac } from "node:crypto";
import type { Alert } from "../../lib/alerts/alert_text.ts";
import { createWebhookRequest } from "../../lib/alerts/webhook_request.ts";
import { TARGET_KINDS } from "../../lib/wire/alerts.ts";

const ALERT: Alert = {
  event: "fired",
  ruleName: "Too many dead letters",
  measure: "dead_letters",
  threshold: 4_000,
  value: 4_172,
  peak: 4_172,
  beganAt: Date.UTC(2026, 10, 26, 10, 15, 2),
  endedAt: null,
};
const NOW = 1_800_000_000;

function request(kind: typeof TARGET_KINDS[number], secret: string | null) {
  return createWebhookRequest({
    target: { kind, url: "https://example.com/hook?access_token=1", secret, language: "en" },
    alert: ALERT,
    deliveryId: "7-fired",
    link: "https://millrace.example.com/alerts",
    now: NOW,
  });
}

Deno.test("each kind of target gets the same text in its own body format", async () => {
  const text = "[Alert] Dead letters 4,172, above 4,000\n" +
    "Rule: Too many dead letters. Since 2026-11-26 10:15:02 UTC.\n" +
    "https://millrace.example.com/alerts";
  const bodyOf = async (kind: typeof TARGET_KINDS[number]) =>
    JSON.parse((await request(kind, null)).body);
  assert.deepEqual(await bodyOf("slack"), { text });
  assert.deepEqual(await bodyOf("feishu"), { msg_type: "text", content: { text } });
  assert.deepEqual(await bodyOf("dingtalk"), { msgtype: "text", text: { content: text } });
  assert.deepEqual(await bodyOf("wecom"), { msgtype: "text", text: { content: text } });
  const plain = await bodyOf("webhook");
  assert.equal(plain.text, text);
  assert.deepEqual([plain.id, plain.event, plain.value], ["7-fired", "fired", 4_172]);
});

Deno.test("a webhook is signed by HMAC-SHA256 of its timestamp and body", async () => {
  const { headers, body } = await request("webhook", "a key");
  const expected = createHmac("sha256", "a key").update(`${NOW}.${body}`).digest("hex");
  assert.equal(headers["x-millrace-signature"], `sha256=${expected}`);
  assert.equal(headers["x-millrace-timestamp"], String(NOW));
  assert.equal(headers["x-millrace-delivery"], "7-fired");
});

Deno.test("requests to Feishu and DingTalk are signed by their own schemes", async () => {
  const feishu = JSON.parse((await request("feishu", "key")).body);
  assert.equal(feishu.sign, createHmac("sha256", `${NOW}\nkey`).update("").digest("base64"));
  const { searchParams } = new URL((await request("dingtalk", "key")).url);
  const timestamp = `${NOW}000`;
  const sign = createHmac("sha256", "key").update(`${timestamp}\nkey`).digest("base64");
  assert.equal(searchParams.get("access_token"), "1");
  assert.deepEqual([searchParams.get("timestamp"), searchParams.get("sign")], [timestamp, sign]);
});
