import { z } from "zod";

/**
 * Commands from the main isolate to the embedded Postgres. It also sends `Uint8Array`s: complete messages of
 * Postgres's wire protocol, each followed by a `Uint8Array` with Postgres's response.
 */
export const order = z.discriminatedUnion("type", [
  z.object({ type: z.literal("start"), folder: z.string() }),
  /** Writes a consistent snapshot of the data folder to a new file: a gzipped tar. */
  z.object({ type: z.literal("backup"), file: z.string() }),
  z.object({ type: z.literal("stop") }),
]);

/**
 * The result of a command, in the order of the commands. `failed`: Postgres crashed, by a command or by messages;
 * `notBackedUp`: only the backup failed.
 */
export const reply = z.discriminatedUnion("type", [
  z.object({ type: z.literal("started") }),
  z.object({ type: z.literal("backedUp") }),
  z.object({ type: z.literal("notBackedUp"), message: z.string() }),
  z.object({ type: z.literal("stopped") }),
  z.object({ type: z.literal("failed"), message: z.string() }),
]);

export type Order = z.infer<typeof order>;
export type Reply = z.infer<typeof reply>;
