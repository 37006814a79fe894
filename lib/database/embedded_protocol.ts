import { z } from "zod";

/** What the main isolate asks of the embedded Postgres. */
export const order = z.discriminatedUnion("type", [
  z.object({ type: z.literal("start"), folder: z.string(), path: z.string() }),
  z.object({ type: z.literal("stop") }),
]);

/** What the embedded Postgres answers. */
export const answer = z.discriminatedUnion("type", [
  z.object({ type: z.literal("started") }),
  z.object({ type: z.literal("stopped") }),
  z.object({ type: z.literal("failed"), message: z.string() }),
]);

export type Order = z.infer<typeof order>;
export type Answer = z.infer<typeof answer>;
