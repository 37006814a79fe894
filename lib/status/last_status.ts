import { ALIVE_MS } from "../queue/node_liveness.ts";
import { clusterOf } from "../wire/cluster_sums.ts";
import type { ProcessorStatus } from "../wire/processor_status.ts";

export interface LastStatusParts {
  /** Called with each accepted status, and with an outage of the broker. */
  onStatus: (status: ProcessorStatus) => void;
  /** Milliseconds of a monotonic clock. */
  monotonicNow: () => number;
  /** The database's time, ms since the epoch. */
  now: () => number;
}

/** The newest status that this node has received or assembled. */
export interface LastStatus {
  /** Passes a status on unless it is older than the last one. */
  accept(status: ProcessorStatus): void;
  status(): ProcessorStatus | null;
  /** Passes the last status on as that of an outage of the broker. */
  showOutage(): void;
  /** The number of live nodes; 0 before the first status. */
  liveNodes(): number;
  /**
   * Milliseconds until the first node of the last status is lost unless it has reported since: the heartbeat of
   * that time publishes the loss without delay.
   */
  msUntilLoss(): number;
}

export function createLastStatus({ onStatus, monotonicNow, now }: LastStatusParts): LastStatus {
  let last: ProcessorStatus | null = null;
  let acceptedAt = 0;
  return {
    accept(status) {
      if (last !== null && status.seq < last.seq && status.at < last.at) return;
      last = status;
      acceptedAt = monotonicNow();
      onStatus(status);
    },
    status: () => last,
    showOutage() {
      if (last !== null) onStatus({ ...last, running: false, outages: ["broker"], at: now() });
    },
    liveNodes: () => last === null ? 0 : clusterOf(last).live,
    msUntilLoss() {
      if (last === null) return Infinity;
      const at = last.at + monotonicNow() - acceptedAt;
      const silences = last.nodes.flatMap((node) => node.lost ? [] : at - node.seen_at);
      const left = ALIVE_MS + 1 - Math.max(...silences);
      // An overdue loss was not published, as during an outage: retrying at once would not help.
      return left > 0 ? left : Infinity;
    },
  };
}
