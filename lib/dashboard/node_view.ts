import * as v from "valibot";
import type { NodeStatus, ProcessorStatus } from "../status/processor_status.ts";

const workerRow = v.object({
  id: v.number(),
  state: v.picklist(["starting", "idle", "busy"]),
  /** Articles in hand. */
  articles: v.number(),
  /** When it came into this state, ms since the epoch. */
  since: v.number(),
  processed: v.number(),
  failed: v.number(),
  average_ms: v.number(),
});

/** An article that hung or ended a worker, and is computed in a thread of its own. */
const quarantineRow = v.object({ article: v.number(), since: v.number() });

/** What a node of this version says of itself beside what every node says. */
const nodeDetail = v.object({
  started_at: v.number(),
  cores: v.number(),
  paused: v.boolean(),
  settings: v.string(),
  memory_bytes: v.number(),
  processed: v.number(),
  failed: v.number(),
  stages: v.object({
    load_ms: v.number(),
    clean_ms: v.number(),
    annotate_ms: v.number(),
    save_ms: v.number(),
  }),
  outages: v.array(v.picklist(["broker", "database"])),
  worker_rows: v.array(workerRow),
  quarantine: v.array(quarantineRow),
});

export type NodeDetail = v.InferOutput<typeof nodeDetail>;

/** How a node is, worst first. */
export type NodeCondition =
  | "lost"
  | "broker away"
  | "database away"
  | "paused"
  | "stopped"
  | "running";

/** A worker with the seconds that it has been in its state. */
export type WorkerView = Omit<v.InferOutput<typeof workerRow>, "since"> & { seconds: number };

/** An article in quarantine with the seconds that it has been there. */
export type QuarantineView = Omit<v.InferOutput<typeof quarantineRow>, "since"> & {
  seconds: number;
};

type Listed = "worker_rows" | "quarantine";

/** A node as its row shows it; `detail` is null where another version says something else. */
export interface NodeView {
  name: string;
  role: NodeStatus["role"];
  condition: NodeCondition;
  /** Seconds since it was heard of. */
  silentSeconds: number;
  speed: number;
  inFlight: number;
  detail: (Omit<NodeDetail, Listed | "started_at"> & { upSeconds: number }) | null;
  workers: WorkerView[];
  quarantine: QuarantineView[];
}

/** The nodes of a status, as of the moment when it was made. */
export function nodeViews({ nodes, at }: ProcessorStatus): NodeView[] {
  return nodes.map((node) => {
    const parsed = v.safeParse(nodeDetail, node);
    const detail = parsed.success ? parsed.output : undefined;
    const seconds = (since: number) => Math.max(0, (at - since) / 1_000);
    // A lost node is shown as it was last heard of: nothing goes on for it since then.
    const until = node.lost ? node.seen_at : at;
    return {
      name: node.node,
      role: node.role,
      condition: conditionOf(node, detail),
      silentSeconds: seconds(node.seen_at),
      speed: node.lost ? 0 : node.speed,
      inFlight: node.in_flight,
      detail: detail === undefined ? null : shown(detail, until),
      workers: (detail?.worker_rows ?? []).map((row) => lasting(row, until)),
      quarantine: (detail?.quarantine ?? []).map((row) => lasting(row, until)),
    };
  });
}

/** A row with how long it has been so in place of since when. */
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
