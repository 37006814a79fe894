import type { Logger } from "@logtape/logtape";
import * as z from "zod/mini";
import { insertSample, pruneHistory } from "../database/chart_history.ts";
import { countsOf, type StreamSample } from "../wire/stream_sample.ts";
import { insertTimings, pruneTimings, type TimingRow } from "../database/timing_history.ts";
import { BrokerUnreachableError, DatabaseUnreachableError, toError } from "../runtime/errors.ts";
import type { Sql } from "../database/postgres_client.ts";
import { histogramCounts } from "../wire/histogram.ts";
import type { NodeStatus, ProcessorStatus } from "../wire/processor_status.ts";

const SAMPLE_MS = 1_000;
const PRUNE_MS = 60_000;

/** Stores the history for the charts: a sample of the counts for each second with a change. */
export interface HistoryRecorder {
  /** Called with each status; stores it if it differs and is the first of its second. */
  note(status: ProcessorStatus): void;
  /** Resolves when the last sample is stored. */
  stop(): Promise<void>;
}

/** `nodesOf` returns the rows of all nodes, of which a status lists only some. */
export function createHistoryRecorder(
  sql: Sql,
  logger: Logger,
  nodesOf: (status: ProcessorStatus) => Promise<NodeStatus[]>,
): HistoryRecorder {
  let sampledAt = 0;
  let prunedAt = 0;
  let last = "";
  let storing: Promise<void> | null = null;

  async function store(sample: StreamSample, status: ProcessorStatus) {
    try {
      await insertSample(sql, sample);
      const nodes = timingsIn(await nodesOf(status));
      if (Object.keys(nodes).length > 0) await insertTimings(sql, { at: sample.at, nodes });
      if (sample.at - prunedAt > PRUNE_MS) {
        prunedAt = sample.at;
        await pruneHistory(sql);
        await pruneTimings(sql);
      }
    } catch (error) {
      // A sample lost in an outage leaves a gap in a chart; `pingServers` reports the outage.
      if (!isOutage(error)) {
        logger.error("Cannot store a sample of the history: {error}", { error: toError(error) });
      }
    } finally {
      storing = null;
    }
  }

  return {
    note(status) {
      if (storing !== null || status.outages !== undefined) return;
      // By calendar second rather than by elapsed time, which would skip a second now and then.
      if (stepOf(status.at) === stepOf(sampledAt)) return;
      const counts = countsOf(status);
      const now = JSON.stringify(counts);
      if (now === last) return;
      last = now;
      sampledAt = status.at;
      storing = store({ at: status.at, ...counts }, status);
    },
    async stop() {
      await storing;
    },
  };
}

function isOutage(error: unknown): boolean {
  return error instanceof DatabaseUnreachableError || error instanceof BrokerUnreachableError;
}

function stepOf(at: number): number {
  return Math.floor(at / SAMPLE_MS);
}

const detail = z.object({ wait: histogramCounts, run: histogramCounts });

/** Returns the histograms of the nodes that report them. */
function timingsIn(nodes: readonly NodeStatus[]): TimingRow["nodes"] {
  return Object.fromEntries(nodes.flatMap((node) => {
    const { data } = detail.safeParse(node);
    return data === undefined
      ? []
      : [[node.node, { wait: data.wait.counts, run: data.run.counts }]];
  }));
}
