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

/** Headers for every answer, whatever it holds; `nonce` as in `contentPolicy`. */
export function hardening(nonce: string | null): [string, string][] {
  return [["content-security-policy", contentPolicy(nonce)], ...FOR_ALL];
}

const FOR_ALL: [string, string][] = [
  ["x-content-type-options", "nosniff"],
  ["referrer-policy", "same-origin"],
  ["cross-origin-opener-policy", "same-origin"],
  ["cross-origin-resource-policy", "same-origin"],
];
