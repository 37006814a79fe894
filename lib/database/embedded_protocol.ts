import { z } from "zod";

/**
 * What the main isolate asks of the embedded Postgres. Besides these orders it sends `Uint8Array`s: whole
 * messages of Postgres's wire protocol, each answered by a `Uint8Array` of what Postgres says to them.
 */
export const order = z.discriminatedUnion("type", [
  z.object({ type: z.literal("start"), folder: z.string() }),
  z.object({ type: z.literal("stop") }),
]);

/** How an order was answered; `failed` also answers messages that Postgres did not survive. */
export const answer = z.discriminatedUnion("type", [
  z.object({ type: z.literal("started") }),
  z.object({ type: z.literal("stopped") }),
  z.object({ type: z.literal("failed"), message: z.string() }),
]);

export type Order = z.infer<typeof order>;
export type Answer = z.infer<typeof answer>;
