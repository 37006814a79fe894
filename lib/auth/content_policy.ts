/**
 * The Content-Security-Policy of a page: everything from this origin, nothing inline but the scripts
 * that carry the nonce of this very answer, in no frame. `nonce` null: no inline script at all.
 */
export function contentPolicy(nonce: string | null): string {
  const scripts = nonce === null ? "'self'" : `'self' 'nonce-${nonce}'`;
  return [
    "default-src 'none'",
    `script-src ${scripts}`,
    "style-src 'self'",
    "img-src 'self' data:",
    "font-src 'self'",
    "connect-src 'self'",
    "manifest-src 'self'",
    "form-action 'self'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
  ].join("; ");
}

/** Headers for every answer, whatever it holds. */
export const HARDENING: readonly (readonly [string, string])[] = [
  ["x-content-type-options", "nosniff"],
  ["referrer-policy", "same-origin"],
  ["cross-origin-opener-policy", "same-origin"],
  ["cross-origin-resource-policy", "same-origin"],
];
