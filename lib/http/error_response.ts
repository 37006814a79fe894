import type { Logger } from "@logtape/logtape";
import { HttpError } from "fresh";
import { TooManyWaitingError } from "../intake/backpressure.ts";
import { UnsupportedMediaTypeError } from "../intake/format_name.ts";
import { ImportStoppedError } from "../intake/import_articles.ts";
import { NotResumableError } from "../intake/recorded_import.ts";
import { BrokerUnreachableError, DatabaseUnreachableError, toError } from "../runtime/errors.ts";
import { requestId } from "../runtime/log_context.ts";
import { refused } from "./json_response.ts";

/** Seconds after which a producer may retry; a noted outage is cached as long. */
export const RETRY_AFTER_S = 5;

/** The response of an endpoint while the broker or the database is unreachable. */
export const BROKER_AWAY = "Redis未连接";
export const DATABASE_AWAY = "数据库未连接";

/**
 * Maps an error thrown by an endpoint to its response. An unexpected error is logged, and the response has only the
 * request's id. `isIntake`: producers get a 503 with `Retry-After` during an outage, which HTTP libraries honor
 * automatically.
 */
export function errorResponse(thrown: unknown, logger: Logger, isIntake = false): Response {
  if (!(thrown instanceof ImportStoppedError)) return responseTo(toError(thrown), logger, isIntake);
  // Records imported before the error are kept, so the response reports the progress.
  const data = thrown.progress;
  const isUnsupported = thrown.cause instanceof UnsupportedMediaTypeError;
  if (thrown.stage === "reading" && !isUnsupported) {
    return responseTo(thrown, logger, isIntake, data);
  }
  return responseTo(toError(thrown.cause), logger, isIntake, data);
}

function responseTo(error: Error, logger: Logger, isIntake: boolean, data?: unknown): Response {
  if (error instanceof BrokerUnreachableError) return away(BROKER_AWAY, isIntake, data);
  if (error instanceof DatabaseUnreachableError) return away(DATABASE_AWAY, isIntake, data);
  if (error instanceof HttpError) return refused(error.status, error.message, { data });
  if (error instanceof UnsupportedMediaTypeError) return refused(415, error.message, { data });
  if (error instanceof TooManyWaitingError) {
    const headers = { "retry-after": String(error.retryAfterSeconds) };
    return refused(429, error.message, { headers, data });
  }
  if (error instanceof NotResumableError) return refused(409, error.message);
  if (error instanceof ImportStoppedError) return refused(400, error.message, { data });
  logger.error("Request failed: {error}", { error });
  return refused(500, `Internal error; details are in the log, at request ${requestId()}`, {
    data,
  });
}

function away(message: string, isIntake: boolean, data: unknown): Response {
  if (!isIntake) return refused(500, message, { data });
  return refused(503, message, { data, headers: { "retry-after": String(RETRY_AFTER_S) } });
}
