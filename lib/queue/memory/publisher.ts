import type { NodeReport, QueueCounts, Reported, Totals } from "../queue.ts";
import { createPace } from "../../runtime/pace.ts";
import { ALIVE_MS, BEAT_MS, FORGOTTEN_MS } from "../timing.ts";

/** What the status says beside the nodes' reports. */
export interface Figures {
  counts: QueueCounts;
  totals: Totals;
  processedToday: number;
}

/** Keeps the nodes' reports, makes a status of them, and publishes it when that is due. */
export interface Publisher {
  note(report: NodeReport): void;
  forget(node: string): void;
  report(figures: Figures, windowMs: number, news: boolean): Reported;
}

export function createPublisher(
  { publish, now }: { publish: (status: string) => void; now: () => number },
): Publisher {
  const pace = createPace();
  const reports = new Map<string, NodeReport & { seenAt: number }>();
  // Numbers go on rising over a restart.
  let seq = Math.floor(now());
  let publishedAt = -Infinity;
  let publishedOutline = "";

  function assemble({ counts, totals, processedToday }: Figures, time: number) {
    for (const [node, { seenAt }] of reports) {
      if (time - seenAt > FORGOTTEN_MS) reports.delete(node);
    }
    const nodes = [...reports.values()].sort((a, b) => a.node < b.node ? -1 : 1);
    const isLive = ({ seenAt }: { seenAt: number }) => time - seenAt <= ALIVE_MS;
    const live = nodes.filter(isLive);
    const sum = (field: "workers" | "in_flight" | "speed") =>
      live.reduce((total, node) => total + node[field], 0);
    const errors = live.flatMap(({ last_error }) => last_error ?? []);
    const newest = errors.reduce<typeof errors[number] | null>(
      (latest, each) => latest === null || each.at > latest.at ? each : latest,
      null,
    );
    const sums = {
      running: live.some(({ running, role }) => running && role !== "web"),
      workers: sum("workers"),
      queue_pending: counts.pending,
      queue_retry: counts.retry,
      queue_dead: counts.dead,
      processed_total: totals.processed,
      processed_today: processedToday,
      speed: hundredths(sum("speed")),
      last_error: newest?.message ?? null,
      in_flight: sum("in_flight"),
      failed_total: totals.failed,
      retried_total: totals.retried,
      avg_processing_ms: totals.processed > 0 ? hundredths(totals.elapsedMs / totals.processed) : 0,
    };
    return {
      sums,
      rows: nodes.map((each) => {
        const { detail, seenAt, ...own } = each;
        return { ...detail, ...own, seen_at: seenAt, lost: !isLive(each) };
      }),
      // What a viewer must see at once; the rest of a row waits for the next beat.
      outline: JSON.stringify([
        sums,
        nodes.map(({ node, role, running, workers, in_flight, speed, detail, seenAt }) => [
          ...[node, role, running, workers, in_flight, speed],
          ...[isLive({ seenAt }), detail.paused, detail.settings],
        ]),
      ]),
    };
  }

  return {
    note: (report) => void reports.set(report.node, { ...report, seenAt: now() }),
    forget: (node) => void reports.delete(node),
    report(figures, windowMs, news) {
      const time = now();
      const { sums, rows, outline } = assemble(figures, time);
      // A clock that was set back must not silence the stream.
      const since = time < publishedAt ? Infinity : time - publishedAt;
      const changed = news && outline !== publishedOutline;
      const waitMs = pace.waitMs(time, windowMs);
      const published = (changed || since >= BEAT_MS) && waitMs === 0;
      if (published) seq++;
      const status = JSON.stringify({ ...sums, nodes: rows, seq, at: time });
      if (published) {
        publishedAt = time;
        pace.take(time, windowMs);
        publishedOutline = outline;
        publish(status);
      }
      return { status, published, waitMs: changed && !published ? waitMs : 0 };
    },
  };
}

function hundredths(value: number): number {
  return Math.round(value * 100) / 100;
}
