import type { Logger } from "@logtape/logtape";
import type { Database } from "../database/connect.ts";
import type { EventRecorder } from "../database/event_recorder.ts";
import type { LogKeeper } from "../database/log_keeper.ts";
import type { Processor } from "../processor/processor.ts";
import type { Queue } from "../queue/queue.ts";
import { toError } from "../runtime/errors.ts";
import type { BreakdownRecorder } from "../status/breakdown_recorder.ts";
import type { Reporter } from "../status/reporter.ts";

export interface StoppedParts {
  name: string;
  database: Database;
  queue: Queue;
  events: EventRecorder;
  logKeeper: LogKeeper;
  logger: Logger;
  processor: Processor | null;
  breakdown: BreakdownRecorder;
  reporter: Reporter;
  pings: AsyncDisposable;
  /** Everything that was started. */
  running: AsyncDisposableStack;
}

/** Shuts down gracefully: what reports or stores for others ends after them, the rest in reverse start order. */
export async function stopNode(parts: StoppedParts) {
  const { name, database, queue, events, logger, processor } = parts;
  logger.info("Node {node} stops.", { node: name });
  await parts.pings[Symbol.asyncDispose]();
  // The last status is published by the reporter once the processor has finished.
  await processor?.stop();
  await parts.reporter.stop();
  await parts.breakdown.stop();
  if (processor !== null) await leave(queue, name, logger);
  void events.record({ kind: "node_left", subject: name, counts: {} });
  await events.stop();
  await parts.logKeeper.stop();
  // Closed first: an unresponsive server would delay everything that waits for its response.
  await database[Symbol.asyncDispose]();
  await parts.running.disposeAsync();
}

async function leave(queue: Queue, name: string, logger: Logger) {
  try {
    await queue.leave(name);
  } catch (error) {
    logger.warning(
      "Cannot remove this node from the list, which shows it as lost for a minute: {error}",
      { error: toError(error) },
    );
  }
}
