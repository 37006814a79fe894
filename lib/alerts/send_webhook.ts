import type { DeliveryResult } from "../database/alert_deliveries.ts";
import { connectionFailure } from "./connection_failure.ts";
import type { WebhookRequest } from "./webhook_request.ts";

const TIMEOUT_MS = 10_000;
const LONGEST_RESPONSE = 64 * 1024;
const LONGEST_ERROR = 300;

/**
 * Sends one request, without following redirects. Chat services report errors in the body of a 200: `code`
 * (Feishu) or `errcode` (DingTalk, WeCom) other than 0. Never throws.
 */
export async function sendWebhook(
  { url, headers, body }: WebhookRequest,
  signal: AbortSignal,
): Promise<DeliveryResult> {
  try {
    const response = await fetch(url, {
      method: "POST",
      headers,
      body,
      redirect: "manual",
      signal: AbortSignal.any([signal, AbortSignal.timeout(TIMEOUT_MS)]),
    });
    const text = await startOf(response);
    const { status, ok } = response;
    const refusal = ok ? refusalIn(text) : statusFailure(status, text);
    return { delivered: ok && refusal === null, status, error: refusal };
  } catch (thrown) {
    const { host } = new URL(url);
    const message = thrown instanceof Deno.errors.NotCapable
      ? `ALERT_HOSTS does not name ${host}`
      : connectionFailure(thrown, host, TIMEOUT_MS / 1_000);
    return { delivered: false, status: null, error: message.slice(0, LONGEST_ERROR) };
  }
}

/** The status, with the first line of the body's text. */
function statusFailure(status: number, body: string): string {
  const lines = body.replace(/<[^<>]*>|[^\P{Cc}\n]/gu, " ").split("\n").map((line) => line.trim());
  const first = lines.find((line) => line !== "") ?? "";
  return first === "" ? `HTTP ${status}` : `HTTP ${status}: ${first.slice(0, LONGEST_ERROR)}`;
}

function refusalIn(text: string): string | null {
  try {
    const body: unknown = JSON.parse(text);
    if (body === null || typeof body !== "object") return null;
    const code = "errcode" in body ? body.errcode : "code" in body ? body.code : 0;
    return code === 0 || code === undefined ? null : text.slice(0, LONGEST_ERROR);
  } catch {
    return null;
  }
}

/** Reads the start of a response's text; discards the rest. */
async function startOf(response: Response): Promise<string> {
  const decoder = new TextDecoder();
  let text = "";
  for await (const chunk of response.body ?? []) {
    text += decoder.decode(chunk, { stream: true });
    if (text.length > LONGEST_RESPONSE) break;
  }
  return text;
}
