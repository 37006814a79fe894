/** The response of an endpoint that succeeded: `{"success": true, "data": …}`. */
export function succeeded(data: unknown, status = 200): Response {
  return Response.json({ success: true, data }, { status });
}

/**
 * The response of an endpoint that failed: `{"success": false, "message": …}`, with `data` for partial
 * results.
 */
export function refused(
  status: number,
  message: string,
  extra: { headers?: Record<string, string>; data?: unknown } = {},
): Response {
  const { headers = {}, data } = extra;
  return Response.json({ success: false, message, data }, { status, headers });
}
