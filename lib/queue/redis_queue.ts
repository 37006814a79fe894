import { z } from "zod";
import type { RedisConnection } from "../redis/redis_connection.ts";
import type { RedisScript } from "../redis/redis_script.ts";
import { NOTHING, OK, type ReplyShape } from "../redis/reply_shape.ts";
import type { Queue } from "./queue.ts";
import { underLock } from "./redis/lock.ts";
import { createForeignKeys } from "./redis/foreign_keys.ts";
import { takeInventory } from "./redis/inventory.ts";
import { readMembers } from "./redis/members.ts";
import { readCommits, readComparison, readTotals, storeComparison } from "./redis/queue_figures.ts";
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
const fourCounts = z.tuple([count, count, count, count]);

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

  function run<Reply>(
    script: RedisScript,
    args: string[],
    shape: ReplyShape<Reply>,
  ): Promise<Reply> {
    return foreign.around(() => connection.run(script, args, shape));
  }

  /** Runs a script whose first argument is a node. */
  function runFor<Reply>(
    node: string,
    script: RedisScript,
    args: string[],
    shape: ReplyShape<Reply>,
  ): Promise<Reply> {
    nodes.add(node);
    return run(script, [node, ...args], shape);
  }

  return {
    outlivesNode: true,

    async ping() {
      await connection.send(["SET", `${connection.prefix}processor:ping`, "1", "EX", "60"], OK);
    },

    claim: async (node, place) => await runFor(node, SCRIPTS.claim, [place], count) === 1,

    async take(node, max) {
      if (max < 1) return [];
      const [taken, garbage] = await runFor(
        node,
        SCRIPTS.take,
        [String(max)],
        z.tuple([ids, strings]),
      );
      if (garbage.length > 0) onGarbage(garbage);
      return taken;
    },

    async settle(node, placement, tally) {
      await runFor(node, SCRIPTS.settle, [
        ...settledTallyArguments(tally),
        ...placementArguments(placement),
      ], NOTHING);
    },

    async place(placement) {
      for (const part of partsOf(placement)) {
        await run(SCRIPTS.place, placementArguments(part), NOTHING);
      }
    },

    reconcile: (node, inProgress) => runFor(node, SCRIPTS.reconcile, inProgress.map(String), count),

    requeueActive: (node) => runFor(node, SCRIPTS.requeueActive, [], count),

    async rescue() {
      const flat = await run(SCRIPTS.rescue, [], strings);
      return Array.from(
        { length: flat.length / 2 },
        (_, i) => ({ node: flat[2 * i]!, ids: Number(flat[2 * i + 1]) }),
      );
    },

    async counts() {
      const [pending, retry, dead, active] = await run(SCRIPTS.counts, [], fourCounts);
      return { pending, retry, dead, active };
    },

    totals: () => foreign.around(() => readTotals(connection)),

    async report(report, { day, zone }, windowMs, isChange) {
      const channel = connection.channel("processor:status:realtime");
      const about = [channel, day, zone, String(windowMs), isChange ? "1" : "0"];
      const [status, published, waitMs] = await run(
        SCRIPTS.heartbeat,
        [...about, ...reportArguments(report)],
        z.tuple([z.string(), count, count]),
      );
      return { status, published: published === 1, waitMs };
    },

    nodes: () => run(SCRIPTS.nodes, [], strings),

    async leave(node) {
      const held = await runFor(node, SCRIPTS.leave, [], count);
      if (held > 0) throw new Error(`Cannot let ${node} leave: it still holds ${held} articles`);
    },

    coldEpoch: () => run(SCRIPTS.coldEpoch, [], z.string().nullable()),

    async markWarm(epoch) {
      await connection.send(["SET", `${connection.prefix}processor:epoch`, epoch], OK);
    },

    async members() {
      // Lists of an older system are adopted first, since reading in pages does not.
      await run(SCRIPTS.counts, [], fourCounts);
      return await foreign.around(() => readMembers(connection));
    },

    remove: (ids) => foreign.around(() => removeIds(connection, ids)),

    newestCommits: () => foreign.around(() => readCommits(connection)),

    async rewind({ settlement, note }, days) {
      await run(SCRIPTS.rewind, [String(settlement), String(note), ...days], NOTHING);
    },

    takeInventory: (rest) => foreign.around(() => takeInventory(connection, rest)),

    visitFailed: (state, visit) =>
      foreign.around(() => visitFailed(connection, state, { visit, onGarbage })),

    noteComparison: (comparison) => storeComparison(connection, comparison),
    lastComparison: () => foreign.around(() => readComparison(connection)),

    async restoreTotals(older, tallies) {
      await run(SCRIPTS.restoreTotals, [
        ...totalsArguments(older),
        ...tallies.flatMap(tallyArguments),
      ], NOTHING);
    },

    withLock: (name, work) => underLock(connection, name, work),

    async [Symbol.asyncDispose]() {},
  };
}
