import { meaningOf } from "../i18n/refusals/word_message.ts";
import { localizeMessage, varyByLanguage } from "./localize_message.ts";

/** The response of an endpoint that succeeded: `{"success": true, "data": …}`. */
export function succeeded(data: unknown, status = 200): Response {
  return Response.json({ success: true, data }, { status });
}

/**
 * The response of an endpoint that failed: `{"success": false, "message": …}`, with `code` and `parameters` of a known
 * message, and `data` for partial results. `message` is in English and is worded for the reader of `request`.
 */
export function refused(
  request: Request,
  status: number,
  message: string,
  extra: { headers?: Record<string, string>; data?: unknown } = {},
): Response {
  const { headers = {}, data } = extra;
  const worded = localizeMessage(request, message);
  const body = { success: false, message: worded, ...meaningOf(message), data };
  return varyByLanguage(Response.json(body, { status, headers }));
}
