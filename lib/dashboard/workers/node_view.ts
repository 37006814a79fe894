import * as z from "zod/mini";
import type { NodeStatus, ProcessorStatus } from "../../wire/processor_status.ts";

const workerRow = z.object({
  id: z.number(),
  state: z.enum(["starting", "idle", "busy"]),
  /** Articles in progress. */
  articles: z.number(),
  /** When it entered this state, ms since the epoch. */
  since: z.number(),
  processed: z.number(),
  failed: z.number(),
  average_ms: z.number(),
});

/** A quarantined article, which hung or crashed a worker. */
const quarantineRow = z.object({ article: z.number(), since: z.number() });

/** The optional fields of a node's report in this version. */
const nodeDetail = z.object({
  started_at: z.number(),
  cores: z.number(),
  paused: z.boolean(),
  settings: z.string(),
  memory_bytes: z.number(),
  processed: z.number(),
  failed: z.number(),
  stages: z.object({
    load_ms: z.number(),
    clean_ms: z.number(),
    annotate_ms: z.number(),
    save_ms: z.number(),
    restart_ms: z._default(z.number(), 0),
  }),
  outages: z.array(z.enum(["broker", "database"])),
  worker_rows: z.array(workerRow),
  quarantine: z.array(quarantineRow),
});

export type NodeDetail = z.infer<typeof nodeDetail>;

/** The conditions of a node, worst first. */
export type NodeCondition =
  | "lost"
  | "broker away"
  | "database away"
  | "paused"
  | "stopped"
  | "running";

/** A worker with the seconds in its state. */
export type WorkerView = Omit<z.infer<typeof workerRow>, "since"> & { seconds: number };

/** An article in quarantine with the seconds since it entered. */
export type QuarantineView = Omit<z.infer<typeof quarantineRow>, "since"> & {
  seconds: number;
};

type Listed = "worker_rows" | "quarantine";

/** The data of a node's row; `detail` is null for incompatible versions. */
export interface NodeView {
  name: string;
  role: NodeStatus["role"];
  condition: NodeCondition;
  /** Seconds since its last heartbeat. */
  silentSeconds: number;
  /** The time of the last heartbeat, ms since the epoch. */
  seenAt: number;
  /** For a lost node with articles: the seconds until they are back in the queue, and their number. */
  back: { seconds: number; of: number } | null;
  speed: number;
  inFlight: number;
  /** How far the machine's clock is ahead of the database's, in ms (negative: behind); null if it is right. */
  clockOffMs: number | null;
  detail: (Omit<NodeDetail, Listed | "started_at"> & { upSeconds: number }) | null;
  workers: WorkerView[];
  quarantine: QuarantineView[];
}

/** Returns the nodes of a status, as of its time. */
export function nodeViews({ nodes, at }: Pick<ProcessorStatus, "nodes" | "at">): NodeView[] {
  return nodes.map((node) => {
    const detail = nodeDetail.safeParse(node).data;
    const seconds = (since: number) => Math.max(0, (at - since) / 1_000);
    // A lost node is shown as of its last report.
    const until = node.lost ? node.seen_at : at;
    return {
      name: node.node,
      role: node.role,
      condition: conditionOf(node, detail),
      silentSeconds: seconds(node.seen_at),
      seenAt: node.seen_at,
      back: backOf(node, at),
      speed: node.speed,
      inFlight: node.in_flight,
      clockOffMs: node.lost ? null : node.clock_off_ms ?? null,
      detail: detail === undefined ? null : shown(detail, until),
      workers: (detail?.worker_rows ?? []).map((row) => lasting(row, until)),
      quarantine: (detail?.quarantine ?? []).map((row) => lasting(row, until)),
    };
  });
}

function backOf({ lost, in_flight, lease_until, seen_at }: NodeStatus, at: number) {
  if (!lost || in_flight === 0 || typeof lease_until !== "number") return null;
  const seconds = Math.max(0, Math.ceil((lease_until - at) / 1_000));
  return { seconds, of: Math.max(1, Math.round((lease_until - seen_at) / 1_000)) };
}

/** Converts a start time to a duration. */
function lasting<Row extends { since: number }>({ since, ...row }: Row, until: number) {
  return { ...row, seconds: Math.max(0, (until - since) / 1_000) };
}

function shown(
  { worker_rows: _, quarantine: __, started_at, ...rest }: NodeDetail,
  until: number,
) {
  return { ...rest, upSeconds: Math.max(0, (until - started_at) / 1_000) };
}

function conditionOf(node: NodeStatus, detail: NodeDetail | undefined): NodeCondition {
  if (node.lost) return "lost";
  if (detail?.outages.includes("broker")) return "broker away";
  if (detail?.outages.includes("database")) return "database away";
  if (detail?.paused) return "paused";
  return node.running ? "running" : "stopped";
}
