import type { Comparison, NodeReport, QueueCounts, Reported, Totals } from "../queue.ts";
import { createThrottle } from "../../runtime/throttle.ts";
import { sumNodes } from "../../wire/cluster_sums.ts";
import { sumReports } from "../../wire/node_sums.ts";
import { BEAT_MS } from "../queue_limits.ts";
import { ALIVE_MS, FORGOTTEN_MS } from "../node_liveness.ts";
import { listNodes } from "./list_nodes.ts";

/** The parts of the status other than the nodes' reports. */
export interface Figures {
  counts: QueueCounts;
  totals: Totals;
  processedToday: number;
  comparison: Comparison | null;
  /** The time zone of `processedToday`. */
  zone: string;
  heldBy: HeldBy;
}

/** Returns the active ids of a lost node, and the end of its lease. */
type HeldBy = (node: string) => { articles: number; leaseUntil: number | null };

/** A node's last report; that of a lost node has what it still holds, and the end of its lease. */
type ListedReport = NodeReport & { seenAt: number; lost: boolean; leaseUntil: number | null };

/** Collects the nodes' reports, assembles a status and publishes it when due. */
export interface Publisher {
  note(report: NodeReport): void;
  forget(node: string): void;
  /** The rows of all nodes, by name. */
  rows(heldBy: HeldBy): Record<string, unknown>[];
  report(figures: Figures, windowMs: number, isChange: boolean): Reported;
}

export function createPublisher(
  { publish, now }: { publish: (status: string) => void; now: () => number },
): Publisher {
  const throttle = createThrottle();
  const reports = new Map<string, NodeReport & { seenAt: number }>();
  // Sequence numbers keep rising after a restart.
  let seq = Math.floor(now());
  let publishedAt = -Infinity;
  let publishedOutline = "";
  /** When the first of the nodes that were live in the last status is lost unless it reports. */
  let lossAt = Infinity;

  function list(heldBy: HeldBy, time: number): ListedReport[] {
    for (const [node, { seenAt }] of reports) {
      if (time - seenAt > FORGOTTEN_MS && heldBy(node).articles === 0) reports.delete(node);
    }
    return [...reports.values()]
      .sort((a, b) => a.node < b.node ? -1 : 1)
      .map((each) => {
        if (time - each.seenAt <= ALIVE_MS) return { ...each, lost: false, leaseUntil: null };
        const { articles, leaseUntil } = heldBy(each.node);
        return { ...each, lost: true, in_flight: articles, leaseUntil };
      });
  }

  return {
    note: (report) => void reports.set(report.node, { ...report, seenAt: now() }),
    forget: (node) => void reports.delete(node),
    rows: (heldBy) => rowsOf(list(heldBy, now())),
    report(figures, windowMs, isChange) {
      const time = now();
      const nodes = list(figures.heldBy, time);
      const rows = rowsOf(nodes);
      const sums = sumsOf(nodes, figures);
      const outline = outlineOf(sums, nodes);
      // A clock that was set back must not block publishing.
      const since = time < publishedAt ? Infinity : time - publishedAt;
      const changed = (isChange || time > lossAt) && outline !== publishedOutline;
      const waitMs = throttle.waitMs(time, windowMs);
      lossAt = Math.min(...rows.flatMap((row) => row.lost ? [] : row.seen_at + ALIVE_MS));
      const published = (changed || since >= BEAT_MS) && waitMs === 0;
      if (published) seq++;
      const comparison = figures.comparison ?? undefined;
      const status = JSON.stringify({
        ...sums,
        comparison,
        cluster: sumNodes(rows),
        nodes: listNodes(rows),
        seq,
        at: time,
      });
      if (published) {
        publishedAt = time;
        throttle.take(time, windowMs);
        publishedOutline = outline;
        publish(status);
      }
      return { status, published, waitMs: changed && !published ? waitMs : 0 };
    },
  };
}

function rowsOf(nodes: ListedReport[]) {
  return nodes.map(({ detail, seenAt, leaseUntil, ...own }) => ({
    ...detail,
    ...own,
    seen_at: seenAt,
    lease_until: leaseUntil,
  }));
}

/** Returns the status without its rows: sums over the live nodes, and the queue's figures. */
function sumsOf(nodes: ListedReport[], { counts, totals, processedToday, zone }: Figures) {
  const live = nodes.filter(({ lost }) => !lost);
  const heldByLost = nodes.reduce((sum, node) => sum + (node.lost ? node.in_flight : 0), 0);
  const sum = (field: "workers" | "in_flight" | "speed") =>
    live.reduce((total, node) => total + node[field], 0);
  return {
    running: live.some(({ running, role }) => running && role !== "web"),
    workers: sum("workers"),
    queue_pending: counts.pending,
    queue_retry: counts.retry,
    queue_dead: counts.dead,
    processed_total: totals.processed,
    processed_today: processedToday,
    speed: hundredths(sum("speed")),
    last_error: newestError(live),
    in_flight: sum("in_flight") + heldByLost,
    held_by_lost: heldByLost,
    time_zone: zone,
    ...sumReports(live.map(({ detail }) => detail)),
    failed_total: totals.failed + totals.retried,
    retried_total: totals.retried,
    avg_processing_ms: totals.processed > 0 ? hundredths(totals.elapsedMs / totals.processed) : 0,
  };
}

function newestError(live: ListedReport[]): string | null {
  const errors = live.flatMap(({ last_error }) => last_error ?? []);
  const newest = errors.reduce<typeof errors[number] | null>(
    (latest, each) => latest === null || each.at > latest.at ? each : latest,
    null,
  );
  return newest?.message ?? null;
}

/** Returns the fields whose changes are published immediately; the rest of a row waits for the next heartbeat. */
function outlineOf(sums: ReturnType<typeof sumsOf>, nodes: ListedReport[]): string {
  return JSON.stringify([
    sums,
    nodes.map(({ node, role, running, workers, in_flight, speed, detail, lost }) => [
      ...[node, role, running, workers, in_flight, speed],
      ...[lost, detail.paused, detail.settings],
    ]),
  ]);
}

function hundredths(value: number): number {
  return Math.round(value * 100) / 100;
}
