import type { Shape, Tone } from "../../wire/health/health.ts";
import type { NodeCondition } from "./node_view.ts";

/** The appearance of each condition of a node. */
export interface NodeLook {
  tone: Tone;
  shape: Shape;
}

const LOOKS: Readonly<Record<NodeCondition | "unknown", NodeLook>> = {
  "lost": { tone: "danger", shape: "cross" },
  "broker away": { tone: "danger", shape: "octagon" },
  "database away": { tone: "danger", shape: "octagon" },
  "paused": { tone: "still", shape: "pause" },
  "stopped": { tone: "still", shape: "pause" },
  "running": { tone: "good", shape: "tick" },
  "unknown": { tone: "still", shape: "clock" },
};

/** Returns the appearance of a node; without a fresh status, its condition is unknown. */
export function nodeLook(condition: NodeCondition, isFresh: boolean): NodeLook {
  return LOOKS[isFresh ? condition : "unknown"];
}
