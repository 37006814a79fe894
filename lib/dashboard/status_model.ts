import { computed, type ReadonlySignal, signal } from "@preact/signals";
import type { ProcessorStatus } from "../status/processor_status.ts";

/** What a status comes to at a glance, worst first. */
export type Condition = "unknown" | "broker away" | "database away" | "stopped" | "running";

/** The newest status as signals, one a value: what did not change does not repaint. */
export interface StatusModel {
  readonly running: ReadonlySignal<boolean | null>;
  readonly workers: ReadonlySignal<number | null>;
  readonly nodes: ReadonlySignal<number | null>;
  readonly pending: ReadonlySignal<number | null>;
  readonly retry: ReadonlySignal<number | null>;
  readonly dead: ReadonlySignal<number | null>;
  readonly inFlight: ReadonlySignal<number | null>;
  readonly today: ReadonlySignal<number | null>;
  readonly total: ReadonlySignal<number | null>;
  readonly failedTotal: ReadonlySignal<number | null>;
  readonly retriedTotal: ReadonlySignal<number | null>;
  readonly averageMs: ReadonlySignal<number | null>;
  /** Articles a second. */
  readonly speed: ReadonlySignal<number | null>;
  readonly lastError: ReadonlySignal<string | null>;
  readonly condition: ReadonlySignal<Condition>;
  /** Seconds until nothing is pending, at the present speed; null when that cannot be said. */
  readonly backlogSeconds: ReadonlySignal<number | null>;
  /** Whether there never was an article. */
  readonly empty: ReadonlySignal<boolean>;
  /** The whole of it; null while none is known. */
  readonly status: ReadonlySignal<ProcessorStatus | null>;
  /** Takes a status over, unless it is older than the one that is shown. */
  merge(status: ProcessorStatus): void;
  /** Whatever comes next is taken over: its sender may count anew. */
  resync(): void;
}

export function createStatusModel(initial: ProcessorStatus | null): StatusModel {
  const status = signal(initial);
  let synced = false;

  const field = <Name extends keyof ProcessorStatus>(name: Name) =>
    computed(() => status.value?.[name] ?? null);
  const [pending, retry, dead] = [
    field("queue_pending"),
    field("queue_retry"),
    field("queue_dead"),
  ];
  const [speed, total, inFlight] = [field("speed"), field("processed_total"), field("in_flight")];
  const running = field("running");

  return {
    status,
    running,
    pending,
    retry,
    dead,
    speed,
    total,
    inFlight,
    workers: field("workers"),
    today: field("processed_today"),
    failedTotal: field("failed_total"),
    retriedTotal: field("retried_total"),
    averageMs: field("avg_processing_ms"),
    lastError: field("last_error"),
    nodes: computed(() => status.value?.nodes.filter(({ lost }) => !lost).length ?? null),
    condition: computed(() => conditionOf(status.value)),
    backlogSeconds: computed(() => {
      if (!running.value || !speed.value || pending.value === null) return null;
      return pending.value / speed.value;
    }),
    empty: computed(() =>
      status.value !== null &&
      [pending, retry, dead, inFlight, total].every(({ value }) => value === 0)
    ),
    merge(next) {
      const shown = status.peek();
      const older = shown !== null && next.seq < shown.seq && next.at < shown.at;
      if (synced && older) return;
      synced = true;
      status.value = next;
    },
    resync() {
      synced = false;
    },
  };
}

function conditionOf(status: ProcessorStatus | null): Condition {
  if (status === null) return "unknown";
  if (status.outages?.includes("broker")) return "broker away";
  if (status.outages?.includes("database")) return "database away";
  return status.running ? "running" : "stopped";
}
