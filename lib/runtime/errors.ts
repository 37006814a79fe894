/** The broker cannot be reached now; the same call may go through later. */
export class BrokerUnreachableError extends Error {
  override name = "BrokerUnreachableError";
}

/** Postgres cannot be reached now; the same call may go through later. */
export class DatabaseUnreachableError extends Error {
  override name = "DatabaseUnreachableError";
}

/** Makes an `Error` of whatever was thrown. */
export function toError(thrown: unknown): Error {
  return thrown instanceof Error ? thrown : new Error(String(thrown), { cause: thrown });
}
