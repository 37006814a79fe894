import * as z from "zod/mini";

/** The time spent in each processing stage, in ms. */
export const stageTimes = z.object({
  load_ms: z.number(),
  clean_ms: z.number(),
  annotate_ms: z.number(),
  save_ms: z.number(),
  /** The starts of workers that replaced others. */
  restart_ms: z._default(z.number(), 0),
});
export type StageTimes = z.infer<typeof stageTimes>;
export type Stage = "load" | "clean" | "annotate" | "save" | "restart";
export const STAGES = [
  "load",
  "clean",
  "annotate",
  "save",
  "restart",
] as const satisfies readonly Stage[];
