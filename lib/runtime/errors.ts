/** The broker is unreachable or refuses every client; the call may succeed later. */
export class BrokerUnreachableError extends Error {
  override name = "BrokerUnreachableError";
}

/** Postgres is unreachable or refuses every client; the call may succeed later. */
export class DatabaseUnreachableError extends Error {
  override name = "DatabaseUnreachableError";
}

/**
 * Postgres refused a statement, and the error does not show whether the data or the server is the
 * cause. An outage, unless other statements show that the server works.
 */
export class UnexplainedRefusalError extends DatabaseUnreachableError {
  override name = "UnexplainedRefusalError";
}

/**
 * Postgres rejected the data of a statement: their text, their size, a constraint. That may be the fault of one article,
 * or of all, as with a new constraint or a sequence that lags behind.
 */
export class DataRefusedError extends UnexplainedRefusalError {
  override name = "DataRefusedError";
}

/** The servers that a node depends on. */
export type ServerPart = "broker" | "database";

/** An error caused by an unreachable server, not by an invalid call. */
export type OutageError = BrokerUnreachableError | DatabaseUnreachableError;

export function isOutage(error: unknown): error is OutageError {
  return error instanceof BrokerUnreachableError || error instanceof DatabaseUnreachableError;
}

/** The server that an outage concerns. */
export function serverOf(error: OutageError): ServerPart {
  return error instanceof BrokerUnreachableError ? "broker" : "database";
}

/** Converts a thrown value to an `Error`. */
export function toError(thrown: unknown): Error {
  return thrown instanceof Error ? thrown : new Error(String(thrown), { cause: thrown });
}
