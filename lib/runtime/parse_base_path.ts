/** The first segments of the application's paths; the base path must differ. */
const OWN = [
  "_fresh",
  "actions",
  "alerts",
  "api",
  "articles",
  "events",
  "failures",
  "healthz",
  "icon.svg",
  "icons",
  "import",
  "logs",
  "metrics",
  "preferences",
  "readyz",
  "reference",
  "sessions",
  "settings",
  "sign-in",
  "sign-out",
  "styles",
  "workers",
  "ws",
];

/**
 * Parses the base path: empty, or without a trailing slash. Throws a `RangeError` when it is not a plain path,
 * or starts like a path of the application.
 */
export function parseBasePath(text: string): string {
  if (!/^(\/[\w.~-]+)*\/?$/.test(text)) {
    throw new RangeError("it is not a valid path; use for example /millrace");
  }
  const [, first = ""] = text.split("/");
  if (OWN.includes(first)) throw new RangeError(`Millrace has paths of its own below /${first}`);
  return text.replace(/\/$/, "");
}
