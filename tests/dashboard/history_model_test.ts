import assert from "node:assert/strict";
import { createHistoryModel } from "../../lib/dashboard/history_model.ts";
import { SPANS } from "../../lib/database/history.ts";
import type { ProcessorStatus } from "../../lib/status/processor_status.ts";

const BEGAN = 1_000_000_000;

function status(at: number, processed: number): ProcessorStatus {
  return {
    running: true,
    workers: 1,
    queue_pending: 0,
    queue_retry: 0,
    queue_dead: 0,
    processed_total: processed,
    processed_today: processed,
    speed: 0,
    last_error: null,
    in_flight: 0,
    failed_total: 0,
    retried_total: 0,
    avg_processing_ms: 0,
    nodes: [],
    seq: processed,
    at,
  };
}

Deno.test("no second of a steady stream looks as if nothing had happened in it", () => {
  const history = createHistoryModel(SPANS, { span: "5m", until: null, samples: [], now: BEGAN });
  for (let n = 1; n < 2_000; n++) history.note(status(BEGAN + n * 70, n));
  const known = history.series.value.values.processed.filter((rate) => rate !== null);
  assert.ok(known.length > 130, `${known.length} seconds`);
  const slowest = Math.min(...known.slice(0, -1));
  assert.ok(slowest >= 14, `${slowest} a second`);
});
