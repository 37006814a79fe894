/** The answer of an endpoint that did what it was asked: `{"success": true, "data": …}`. */
export function succeeded(data: unknown, status = 200): Response {
  return Response.json({ success: true, data }, { status });
}

/**
 * The answer of an endpoint that did not: `{"success": false, "message": …}`, with `data` where
 * something is to be told all the same.
 */
export function refused(
  status: number,
  message: string,
  extra: { headers?: Record<string, string>; data?: unknown } = {},
): Response {
  const { headers = {}, data } = extra;
  return Response.json({ success: false, message, data }, { status, headers });
}
