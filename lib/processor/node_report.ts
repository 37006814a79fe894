import type { NodeReport } from "../queue/queue.ts";
import type { Outages } from "../runtime/outages.ts";
import { inSnakeCase } from "../runtime/snake_case.ts";
import type { Histogram } from "../wire/histogram.ts";
import type { SummedReport } from "../wire/node_sums.ts";
import type { ProcessorSettings } from "../wire/settings.ts";
import { settingsVersion } from "./settings_version.ts";
import type { SettledFigures } from "./settled_figures.ts";
import type { WorkerPool } from "./worker_pool.ts";

/** What the report of a processing node is made from. */
export interface ReportedNode extends Pick<NodeReport, "node" | "role" | "running" | "in_flight"> {
  /** Milliseconds since the epoch, on the database's clock. */
  startedAt: number;
  paused: boolean;
  /** Whether the node has been stopped, and so has no workers. */
  stopped: boolean;
  settings: ProcessorSettings;
  figures: SettledFigures;
  /** How long batches waited for a worker, and how long they ran. */
  timing: { wait: Histogram; run: Histogram };
  pool: WorkerPool;
  outages: Outages;
}

/** Returns the report of a processing node: the fields of every node, and the details that viewers see. */
export function nodeReport(reported: ReportedNode): NodeReport {
  const { node, role, running, in_flight, figures, timing, pool } = reported;
  const away = reported.outages.away();
  const restarts = pool.restarts();
  return {
    node,
    role,
    running,
    workers: reported.stopped ? 0 : pool.workers().length,
    in_flight,
    speed: figures.speed(),
    last_error: figures.lastError(),
    detail: {
      started_at: reported.startedAt,
      cores: navigator.hardwareConcurrency,
      paused: reported.paused,
      settings: settingsVersion(reported.settings),
      memory_bytes: Deno.memoryUsage().rss,
      ...figures.counts(),
      wait: timing.wait.read(),
      run: timing.run.read(),
      stages: { ...figures.stages(), restart_ms: restarts.ms },
      restarts: restarts.count,
      outages: away.map(({ server }) => server),
      outage_reasons: Object.fromEntries(away.map(({ server, reason }) => [server, reason])),
      worker_rows: inSnakeCase(pool.workers()),
      quarantine: pool.quarantined(),
    } satisfies NodeReport["detail"] & SummedReport,
  };
}
