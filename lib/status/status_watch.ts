import { type Health, healthOf } from "../wire/health/health.ts";
import { EMPTY_TRACE, type Trace, withStatus } from "../wire/health/trace.ts";
import type { ProcessorStatus } from "../wire/processor_status.ts";

/** This node's view of the whole system: the newest status, the recent past, and the health. */
export interface StatusWatch {
  note(status: ProcessorStatus): void;
  /** The newest status; during an outage the last known one. Null before the first. */
  latest(): ProcessorStatus | null;
  trace(): Trace;
  health(): Health;
}

/** `now` returns milliseconds of a monotonic clock. */
export function createStatusWatch(now: () => number): StatusWatch {
  let latest: ProcessorStatus | null = null;
  let trace = EMPTY_TRACE;
  let notedAt = now();

  return {
    note(status) {
      latest = status;
      trace = withStatus(trace, status);
      notedAt = now();
    },
    latest: () => latest,
    trace: () => trace,
    health: () => healthOf({ status: latest, trace, ageMs: latest === null ? 0 : now() - notedAt }),
  };
}
