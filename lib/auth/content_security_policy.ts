/** The response that a policy is for. */
export interface PolicyOptions {
  /** The nonce of the response's inline scripts; null: no inline script is allowed. */
  nonce: string | null;
  /**
   * Whether the development server runs: it shows errors in a same-origin frame, and its error page,
   * which has no nonce, reloads with an inline script.
   */
  development?: boolean;
}

/**
 * Returns the Content-Security-Policy of a page, against XSS and clickjacking: same-origin resources only,
 * inline scripts with the response's nonce only, no framing.
 */
export function contentSecurityPolicy({ nonce, development = false }: PolicyOptions): string {
  const inline = development ? " 'unsafe-inline'" : "";
  return [
    "default-src 'none'",
    `script-src 'self'${nonce === null ? inline : ` 'nonce-${nonce}'`}`,
    `style-src 'self'${inline}`,
    "img-src 'self' data:",
    "font-src 'self'",
    "connect-src 'self'",
    "manifest-src 'self'",
    "form-action 'self'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
    ...(development ? ["frame-src 'self'"] : []),
  ].join("; ");
}

/** Headers for a page or an endpoint. */
export function securityHeaders(options: PolicyOptions): [string, string][] {
  return [["content-security-policy", contentSecurityPolicy(options)], ...BASE_HEADERS];
}

/** Headers for every response. */
export const BASE_HEADERS: readonly [string, string][] = [
  ["x-content-type-options", "nosniff"],
  ["referrer-policy", "same-origin"],
  ["cross-origin-opener-policy", "same-origin"],
  ["cross-origin-resource-policy", "same-origin"],
  [
    "permissions-policy",
    [
      "accelerometer",
      "camera",
      "geolocation",
      "gyroscope",
      "magnetometer",
      "microphone",
      "payment",
      "usb",
    ]
      .map((feature) => `${feature}=()`).join(", "),
  ],
];
