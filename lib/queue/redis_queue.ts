import { z } from "zod";
import type { RedisConnection } from "../redis/redis_connection.ts";
import type { RedisScript } from "../redis/redis_script.ts";
import type { Queue } from "./queue.ts";
import { underLock } from "./redis/lock.ts";
import { createForeignKeys } from "./redis/foreign_keys.ts";
import { takeInventory } from "./redis/inventory.ts";
import { readMembers } from "./redis/members.ts";
import { removeIds } from "./redis/remove_ids.ts";
import { visitFailed } from "./redis/visit_failed.ts";
import {
  partsOf,
  placementArguments,
  reportArguments,
  settledTallyArguments,
  tallyArguments,
  totalsArguments,
} from "./redis/script_arguments.ts";
import { SCRIPTS } from "./redis/scripts.ts";

const ids = z.array(z.coerce.number().int().positive());
const strings = z.array(z.string());
const count = z.number().int();
const comparison = z.object({
  at: z.number(),
  database: z.number(),
  queue: z.number(),
  missing: z.number(),
}).nullable();
const total = z.coerce.number().catch(0);

export interface RedisQueueOptions {
  /** Called with values that are not ids, which were dropped. */
  onGarbage?: (values: string[]) => void;
  /** Called with the new names of foreign values that were found under Millrace's keys. */
  onForeign?: (keys: string[]) => void;
}

/** The queue in Redis 6.2 or later. It does not own the connection. */
export function createRedisQueue(
  connection: RedisConnection,
  { onGarbage = () => {}, onForeign = () => {} }: RedisQueueOptions = {},
): Queue {
  const nodes = new Set<string>();
  const foreign = createForeignKeys(connection, nodes, { onGarbage, onForeign });

  function run(script: RedisScript, args: string[] = []): Promise<unknown> {
    return foreign.around(() => connection.run(script, args));
  }

  /** Runs a script whose first argument is a node. */
  function runFor(node: string, script: RedisScript, args: string[] = []): Promise<unknown> {
    nodes.add(node);
    return run(script, [node, ...args]);
  }

  return {
    async ping() {
      await connection.send(["SET", `${connection.prefix}processor:ping`, "1", "EX", "60"]);
    },

    claim: async (node, place) => count.parse(await runFor(node, SCRIPTS.claim, [place])) === 1,

    async take(node, max) {
      if (max < 1) return [];
      const [taken, garbage] = z.tuple([ids, strings]).parse(
        await runFor(node, SCRIPTS.take, [String(max)]),
      );
      if (garbage.length > 0) onGarbage(garbage);
      return taken;
    },

    async settle(node, placement, tally) {
      await runFor(node, SCRIPTS.settle, [
        ...settledTallyArguments(tally),
        ...placementArguments(placement),
      ]);
    },

    async place(placement) {
      for (const part of partsOf(placement)) await run(SCRIPTS.place, placementArguments(part));
    },

    reconcile: async (node, inProgress) =>
      count.parse(await runFor(node, SCRIPTS.reconcile, inProgress.map(String))),

    requeueActive: async (node) => count.parse(await runFor(node, SCRIPTS.requeueActive)),

    async rescue() {
      const flat = strings.parse(await run(SCRIPTS.rescue));
      return Array.from(
        { length: flat.length / 2 },
        (_, i) => ({ node: flat[2 * i]!, ids: Number(flat[2 * i + 1]) }),
      );
    },

    async counts() {
      const reply = z.tuple([count, count, count, count]).parse(await run(SCRIPTS.counts));
      const [pending, retry, dead, active] = reply;
      return { pending, retry, dead, active };
    },

    async totals() {
      const fields = ["total_processed", "total_failed", "total_retried", "total_elapsed_ms"];
      const key = `${connection.prefix}processor:stats`;
      const reply = await foreign.around(() =>
        connection.send(["HMGET", key, ...fields, "updated_at"])
      );
      const [processed, failedTries, retried, elapsedMs, updatedAt] = z
        .tuple([total, total, total, total, z.coerce.number().nullable().catch(null)])
        .parse(reply);
      const failed = Math.max(0, failedTries - retried);
      return { processed, failed, retried, elapsedMs, updatedAt: updatedAt || null };
    },

    async report(report, { day, zone }, windowMs, isChange) {
      const channel = connection.channel("processor:status:realtime");
      const about = [channel, day, zone, String(windowMs), isChange ? "1" : "0"];
      const reply = await run(SCRIPTS.heartbeat, [...about, ...reportArguments(report)]);
      const [status, published, waitMs] = z.tuple([z.string(), count, count]).parse(reply);
      return { status, published: published === 1, waitMs };
    },

    nodes: async () => strings.parse(await run(SCRIPTS.nodes)),

    async leave(node) {
      const held = count.parse(await runFor(node, SCRIPTS.leave));
      if (held > 0) throw new Error(`Cannot let ${node} leave: it still holds ${held} articles`);
    },

    coldEpoch: async () => z.string().nullable().parse(await run(SCRIPTS.coldEpoch)),

    async markWarm(epoch) {
      await connection.send(["SET", `${connection.prefix}processor:epoch`, epoch]);
    },

    async members() {
      // Lists of an older system are adopted first, since reading in pages does not.
      await run(SCRIPTS.counts);
      return await foreign.around(() => readMembers(connection));
    },

    remove: (ids) => foreign.around(() => removeIds(connection, ids)),

    async newestCommits() {
      const key = `${connection.prefix}processor:commits`;
      const reply = await foreign.around(() =>
        connection.send(["HMGET", key, "settlement", "note"])
      );
      const [settlement, note] = z.tuple([total, total]).parse(reply);
      return { settlement, note };
    },

    async rewind({ settlement, note }, days) {
      await run(SCRIPTS.rewind, [String(settlement), String(note), ...days]);
    },

    takeInventory: (rest) => foreign.around(() => takeInventory(connection, rest)),

    visitFailed: (state, visit) =>
      foreign.around(() => visitFailed(connection, state, { visit, onGarbage })),

    async noteComparison(comparison) {
      const key = `${connection.prefix}processor:comparison`;
      await connection.send(["SET", key, JSON.stringify(comparison)]);
    },

    async lastComparison() {
      const key = `${connection.prefix}processor:comparison`;
      const kept = z.string().nullable().parse(
        await foreign.around(() => connection.send(["GET", key])),
      );
      return kept === null ? null : comparison.catch(null).parse(parsed(kept));
    },

    async restoreTotals(older, tallies) {
      await run(SCRIPTS.restoreTotals, [
        ...totalsArguments(older),
        ...tallies.flatMap(tallyArguments),
      ]);
    },

    withLock: (name, work) => underLock(connection, name, work),

    async [Symbol.asyncDispose]() {},
  };
}

/** Parses a JSON text; returns null if invalid. */
function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
