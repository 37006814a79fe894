import type { Middleware } from "./middleware.ts";
import { nonceOf } from "./nonce.ts";

/** The options of {@linkcode csp}. */
export interface CSPOptions {
  /** Only report violations. */
  reportOnly?: boolean;
  /** The URL to which browsers report violations. */
  reportTo?: string;
  /** Directives to add, or to replace those of the same name. */
  csp?: string[];
  /** Use each page's nonce instead of `'unsafe-inline'`. */
  useNonce?: boolean;
}

const DEFAULT_DIRECTIVES: readonly string[] = [
  "default-src 'self'",
  "script-src 'self' 'unsafe-inline'",
  "style-src 'self' 'unsafe-inline'",
  "font-src 'self'",
  "img-src 'self' data:",
  "media-src 'self' data: blob:",
  "worker-src 'self' blob:",
  "connect-src 'self'",
  "object-src 'none'",
  "base-uri 'self'",
  "form-action 'self'",
  "frame-ancestors 'none'",
  "upgrade-insecure-requests",
];

/** Sets a Content-Security-Policy on every response that passes through. */
export function csp<State>(options: CSPOptions = {}): Middleware<State> {
  const { reportOnly = false, reportTo, csp: own = [], useNonce = false } = options;
  const replaced = new Set(own.map(nameOf));
  const directives = [
    ...DEFAULT_DIRECTIVES.filter((d) => !replaced.has(nameOf(d))),
    ...own,
  ];
  if (reportTo !== undefined) {
    directives.push("report-to csp-endpoint", `report-uri ${reportTo}`);
  }
  const policy = directives.join("; ");
  const header = `Content-Security-Policy${reportOnly ? "-Report-Only" : ""}`;

  return async (ctx) => {
    const response = await ctx.next();
    const nonce = useNonce ? nonceOf(response) : undefined;
    const value = nonce === undefined
      ? policy
      : policy.replaceAll("'unsafe-inline'", `'nonce-${nonce}'`);
    response.headers.set(header, value);
    if (reportTo !== undefined) {
      response.headers.set("Reporting-Endpoints", `csp-endpoint="${reportTo}"`);
    }
    return response;
  };
}

function nameOf(directive: string): string {
  return directive.split(" ", 1)[0] ?? "";
}
