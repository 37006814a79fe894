import type { Logger } from "@logtape/logtape";
import { insertSample, pruneHistory, type Sample } from "../database/history.ts";
import { DatabaseUnreachableError, toError } from "../runtime/errors.ts";
import type { Sql } from "../database/client.ts";
import type { ProcessorStatus } from "./processor_status.ts";

const SAMPLE_MS = 1_000;
const PRUNE_MS = 60_000;

/** Keeps what the charts show: a sample of the counts each second in which something moved. */
export interface Historian {
  /** Takes a status; keeps it when it says something new and is the first of its second. */
  note(status: ProcessorStatus): void;
  /** Resolves when the last sample is stored. */
  stop(): Promise<void>;
}

export function createHistorian(sql: Sql, logger: Logger): Historian {
  let sampledAt = 0;
  let prunedAt = 0;
  let last = "";
  let storing: Promise<void> | null = null;

  async function store(sample: Sample) {
    try {
      await insertSample(sql, sample);
      if (sample.at - prunedAt > PRUNE_MS) {
        prunedAt = sample.at;
        await pruneHistory(sql);
      }
    } catch (error) {
      // A sample lost in an outage leaves a gap in a chart; the outage itself is told by others.
      if (!(error instanceof DatabaseUnreachableError)) {
        logger.error("Cannot keep a sample of the history: {error}", { error: toError(error) });
      }
    } finally {
      storing = null;
    }
  }

  return {
    note(status) {
      if (storing !== null || status.outages !== undefined) return;
      // By the second, not a second later: else one is left out now and then, as if nothing had happened.
      if (stepOf(status.at) === stepOf(sampledAt)) return;
      const counts = countsOf(status);
      const now = JSON.stringify(counts);
      if (now === last) return;
      last = now;
      sampledAt = status.at;
      storing = store({ at: status.at, ...counts });
    },
    async stop() {
      await storing;
    },
  };
}

function stepOf(at: number): number {
  return Math.floor(at / SAMPLE_MS);
}

function countsOf(status: ProcessorStatus): Omit<Sample, "at"> {
  return {
    processed: status.processed_total,
    failed: status.failed_total,
    retried: status.retried_total,
    pending: status.queue_pending,
    retry: status.queue_retry,
    dead: status.queue_dead,
  };
}
