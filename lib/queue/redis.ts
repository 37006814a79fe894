import { z } from "zod";
import type { RedisConnection } from "../runtime/redis_connection.ts";
import type { RedisScript } from "../runtime/redis_script.ts";
import type { Queue } from "./queue.ts";
import { createHandedOut } from "./redis/handed_out.ts";
import { underLock } from "./redis/lock.ts";
import { ADOPT, COLD_EPOCH, COUNTS } from "./redis/looking.ts";
import { readMembers } from "./redis/members.ts";
import { partsOf, PLACE, placementArguments, SETTLE, tallyArguments } from "./redis/placing.ts";
import { REPORT, reportArguments } from "./redis/reporting.ts";
import { GIVE_BACK, LEAVE, RESCUE } from "./redis/returning.ts";
import { TAKE } from "./redis/take.ts";
import { RESTORE_TOTALS } from "./redis/totals.ts";

const ids = z.array(z.coerce.number().int().positive());
const strings = z.array(z.string());
const count = z.number().int();
const total = z.coerce.number().catch(0);

export interface RedisQueueOptions {
  /** Told what was found in place of an id, and dropped. */
  onGarbage?: (values: string[]) => void;
}

/** The queue in Redis 6.2 or later. It does not own the connection. */
export function createRedisQueue(
  connection: RedisConnection,
  { onGarbage }: RedisQueueOptions = {},
): Queue {
  const handedOut = createHandedOut();

  /** Runs a script, once more if a plain list of an older system stood in its way. */
  async function run(script: RedisScript, args: string[] = []): Promise<unknown> {
    try {
      return await connection.run(script, args);
    } catch (error) {
      if (!(error instanceof Error && error.message.includes("WRONGTYPE"))) throw error;
      dropped(strings.parse(await connection.run(ADOPT)));
      return await connection.run(script, args);
    }
  }

  async function readActive(node: string): Promise<number[]> {
    const key = `${connection.prefix}processor:active:${node}`;
    return ids.parse(await connection.send(["SMEMBERS", key]));
  }

  function dropped(values: string[]) {
    if (values.length > 0) onGarbage?.(values);
  }

  return {
    async take(node, max) {
      if (max < 1) return [];
      const lost = (await handedOut.findLost(node, () => readActive(node))).slice(0, max);
      handedOut.add(node, lost);
      if (lost.length > 0) return lost;
      const [taken, garbage] = z.tuple([ids, strings]).parse(await run(TAKE, [node, String(max)]));
      dropped(garbage);
      handedOut.add(node, taken);
      return taken;
    },

    async settle(node, placement, tally) {
      const counted = tally === null ? ["", "", "", "", "", ""] : tallyArguments(tally);
      await run(SETTLE, [node, ...counted, ...placementArguments(placement)]);
      const { pending, retry, dead, gone } = placement;
      handedOut.remove(node, pending);
      handedOut.remove(node, retry.map(({ id }) => id));
      handedOut.remove(node, dead.map(({ id }) => id));
      handedOut.remove(node, gone);
    },

    async place(placement) {
      for (const part of partsOf(placement)) await run(PLACE, placementArguments(part));
    },

    async giveBack(node) {
      const returned = count.parse(await run(GIVE_BACK, [node]));
      handedOut.clear(node);
      return returned;
    },

    async rescue() {
      const flat = strings.parse(await run(RESCUE));
      return Array.from(
        { length: flat.length / 2 },
        (_, i) => ({ node: flat[2 * i]!, ids: Number(flat[2 * i + 1]) }),
      );
    },

    async counts() {
      const reply = z.tuple([count, count, count, count]).parse(await run(COUNTS));
      const [pending, retry, dead, active] = reply;
      return { pending, retry, dead, active };
    },

    async totals() {
      const fields = ["total_processed", "total_failed", "total_retried", "total_elapsed_ms"];
      const key = `${connection.prefix}processor:stats`;
      const reply = await connection.send(["HMGET", key, ...fields, "updated_at"]);
      const [processed, failed, retried, elapsedMs, updatedAt] = z
        .tuple([total, total, total, total, z.coerce.number().nullable().catch(null)])
        .parse(reply);
      return { processed, failed, retried, elapsedMs, updatedAt: updatedAt || null };
    },

    async report(report, day, windowMs, news) {
      const about = [day, String(windowMs), news ? "1" : "0"];
      const reply = await run(REPORT, [...about, ...reportArguments(report)]);
      const [status, published, waitMs] = z.tuple([z.string(), count, count]).parse(reply);
      return { status, published: published === 1, waitMs };
    },

    async leave(node) {
      const held = count.parse(await run(LEAVE, [node]));
      if (held > 0) throw new Error(`Cannot let ${node} leave: it still holds ${held} articles`);
    },

    coldEpoch: async () => z.string().nullable().parse(await run(COLD_EPOCH)),

    async markWarm(epoch) {
      await connection.send(["SET", `${connection.prefix}processor:epoch`, epoch]);
    },

    async members() {
      // Any list of an older system is adopted first: the reading of pages does not do it.
      await run(COUNTS);
      return await readMembers(connection);
    },

    async restoreTotals(older, tallies) {
      const { processed, failed, retried, elapsedMs } = older;
      await run(
        RESTORE_TOTALS,
        [[processed, failed, retried, elapsedMs].map(String), ...tallies.map(tallyArguments)]
          .flat(),
      );
    },

    exclusively: (name, work) => underLock(connection, name, work),

    async [Symbol.asyncDispose]() {},
  };
}
