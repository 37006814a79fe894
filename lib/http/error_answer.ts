import type { Logger } from "@logtape/logtape";
import { HttpError } from "fresh";
import { UnsupportedMediaTypeError } from "../intake/by_content_type.ts";
import { ImportStoppedError } from "../intake/import.ts";
import { BrokerUnreachableError, DatabaseUnreachableError, toError } from "../runtime/errors.ts";
import { refused } from "./answer.ts";

/** What an endpoint answers while the broker, or the database, is away. */
export const BROKER_AWAY = "Redis未连接";
export const DATABASE_AWAY = "数据库未连接";

/**
 * The one place where what an endpoint threw becomes its answer. What nobody foresaw is logged under
 * an id, and the answer holds the id alone.
 */
export function answerError(thrown: unknown, logger: Logger): Response {
  if (!(thrown instanceof ImportStoppedError)) return answer(toError(thrown), logger);
  // What was imported until then stays, so it is told in any case.
  const data = thrown.progress;
  if (thrown.stage === "reading") return answer(thrown, logger, data);
  return answer(toError(thrown.cause), logger, data);
}

function answer(error: Error, logger: Logger, data?: unknown): Response {
  if (error instanceof BrokerUnreachableError) return refused(500, BROKER_AWAY, { data });
  if (error instanceof DatabaseUnreachableError) return refused(500, DATABASE_AWAY, { data });
  if (error instanceof HttpError) return refused(error.status, error.message, { data });
  if (error instanceof UnsupportedMediaTypeError) return refused(415, error.message, { data });
  if (error instanceof ImportStoppedError) return refused(400, error.message, { data });
  const id = crypto.randomUUID();
  logger.error("Request {id} failed: {error}", { id, error, stack: error.stack });
  return refused(500, `Something went wrong; the log tells what, at request ${id}`, { data });
}
