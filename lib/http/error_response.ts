import type { Logger } from "@logtape/logtape";
import { HttpError } from "fresh";
import { TooManyWaitingError } from "../intake/backpressure.ts";
import { UnsupportedMediaTypeError } from "../intake/format_name.ts";
import { ImportStoppedError } from "../intake/import_articles.ts";
import { NotResumableError } from "../intake/recorded_import.ts";
import { BrokerUnreachableError, DatabaseUnreachableError, toError } from "../runtime/errors.ts";
import { requestId } from "../runtime/log_context.ts";
import { localizeFigures } from "./articles/localize_import.ts";
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
export function errorResponse(
  thrown: unknown,
  request: Request,
  { logger, isIntake = false }: { logger: Logger; isIntake?: boolean },
): Response {
  const options = { request, logger, isIntake };
  if (!(thrown instanceof ImportStoppedError)) return responseTo(toError(thrown), options);
  // Records imported before the error are kept, so the response reports the progress.
  const data = localizeFigures(request, thrown.progress);
  const isUnsupported = thrown.cause instanceof UnsupportedMediaTypeError;
  if (thrown.stage === "reading" && !isUnsupported) {
    return responseTo(thrown, options, data);
  }
  return responseTo(toError(thrown.cause), options, data);
}

interface ResponseOptions {
  request: Request;
  logger: Logger;
  isIntake: boolean;
}

function responseTo(error: Error, options: ResponseOptions, data?: unknown): Response {
  const { request, logger } = options;
  if (error instanceof BrokerUnreachableError) return away(BROKER_AWAY, options, data);
  if (error instanceof DatabaseUnreachableError) return away(DATABASE_AWAY, options, data);
  if (error instanceof HttpError) return refused(request, error.status, error.message, { data });
  if (error instanceof UnsupportedMediaTypeError) {
    return refused(request, 415, error.message, { data });
  }
  if (error instanceof TooManyWaitingError) {
    const headers = { "retry-after": String(error.retryAfterSeconds) };
    return refused(request, 429, error.message, { headers, data });
  }
  if (error instanceof NotResumableError) return refused(request, 409, error.message);
  if (error instanceof ImportStoppedError) return refused(request, 400, error.message, { data });
  logger.error("Request failed: {error}", { error });
  const message = `Internal error; details are in the log, at request ${requestId()}`;
  return refused(request, 500, message, { data });
}

function away(
  message: string,
  { request, isIntake }: ResponseOptions,
  data: unknown,
): Response {
  if (!isIntake) return refused(request, 500, message, { data });
  const headers = { "retry-after": String(RETRY_AFTER_S) };
  return refused(request, 503, message, { data, headers });
}
