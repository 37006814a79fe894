import { computed, type ReadonlySignal, signal } from "@preact/signals";
import { clusterOf } from "../../wire/cluster_sums.ts";
import { isOvertaken } from "../../wire/health/trace.ts";
import type { ProcessorStatus } from "../../wire/processor_status.ts";

/** The newest status as one signal per value, so that only changes repaint. */
export interface StatusModel {
  readonly workers: ReadonlySignal<number | null>;
  /** The numbers of live and of lost nodes. */
  readonly nodes: ReadonlySignal<number | null>;
  readonly lostNodes: ReadonlySignal<number | null>;
  /** Nodes that the status does not list. */
  readonly moreNodes: ReadonlySignal<number>;
  readonly pending: ReadonlySignal<number | null>;
  readonly retry: ReadonlySignal<number | null>;
  readonly dead: ReadonlySignal<number | null>;
  readonly inFlight: ReadonlySignal<number | null>;
  readonly total: ReadonlySignal<number | null>;
  /** Articles per second. */
  readonly speed: ReadonlySignal<number | null>;
  /** The whole status; null before the first. */
  readonly status: ReadonlySignal<ProcessorStatus | null>;
  /** Applies a status unless it is older than the current one; returns whether it was applied. */
  merge(status: ProcessorStatus): boolean;
  /** Accepts any next status, since its sender may restart the numbering. */
  resync(): void;
}

export function createStatusModel(initial: ProcessorStatus | null): StatusModel {
  const status = signal(initial);
  let synced = false;

  const field = <Name extends keyof ProcessorStatus>(name: Name) =>
    computed(() => status.value?.[name] ?? null);
  const countNodes = (which: "live" | "lost") =>
    computed(() => status.value === null ? null : clusterOf(status.value)[which]);

  return {
    status,
    workers: field("workers"),
    nodes: countNodes("live"),
    lostNodes: countNodes("lost"),
    moreNodes: computed(() => {
      if (status.value === null) return 0;
      const { live, lost } = clusterOf(status.value);
      return live + lost - status.value.nodes.length;
    }),
    pending: field("queue_pending"),
    retry: field("queue_retry"),
    dead: field("queue_dead"),
    inFlight: field("in_flight"),
    total: field("processed_total"),
    speed: field("speed"),
    merge(next) {
      const shown = status.peek();
      const older = shown !== null && isOlder(next, shown);
      if (older && (synced || isOvertaken(next.at, shown.at))) return false;
      synced = true;
      status.value = next;
      return true;
    },
    resync() {
      synced = false;
    },
  };
}

/**
 * Whether `shown` is newer. A status that was requested has the number of the last published one; so has that of an
 * outage, whose time is of another clock.
 */
function isOlder(next: ProcessorStatus, shown: ProcessorStatus): boolean {
  const numbered = next.outages === undefined ? next.seq <= shown.seq : next.seq < shown.seq;
  return numbered && next.at < shown.at;
}
