// The port is asynchronous, though this adapter never waits; `async` turns exceptions into rejections.
// deno-lint-ignore-file require-await
import { createCounters } from "./memory/counters.ts";
import { createDeque } from "./memory/deque.ts";
import { createDueTimes } from "./memory/due_times.ts";
import { createPublisher } from "./memory/publisher.ts";
import type { Commits, Comparison, Placement, Queue } from "./queue.ts";
import { DUE_AT_ONCE } from "./queue_limits.ts";
import { LEASE_MS } from "./node_liveness.ts";

/** The broker's run never changes, since it ends with the process. */
const EPOCH = "this process";

export interface MemoryQueueOptions {
  /** Publishes a status. */
  publish: (status: string) => void;
  /** Milliseconds since the epoch; defaults to the system clock. */
  now?: () => number;
}

/** The in-process queue. It is cold at first, to be filled from Postgres. */
export function createMemoryQueue({ publish, now = Date.now }: MemoryQueueOptions): Queue {
  const pending = createDeque();
  const retry = createDueTimes();
  const dead = new Map<number, number>();
  const active = new Map<string, Set<number>>();
  const leaseEnds = new Map<string, number>();
  const counters = createCounters(now);
  const publisher = createPublisher({ publish, now });
  const locks = new Set<string>();
  let cold = true;
  const newest: Commits = { settlement: 0, note: 0 };
  let comparison: Comparison | null = null;

  function take(node: string, max: number): number[] {
    for (const id of retry.takeDue(now(), DUE_AT_ONCE)) pending.pushLeft(id);
    const held = active.get(node) ?? new Set<number>();
    const taken: number[] = [];
    for (let i = 0; i < max; i++) {
      const id = pending.popRight();
      if (id === undefined) break;
      if (held.has(id)) continue;
      held.add(id);
      taken.push(id);
    }
    if (held.size > 0) {
      active.set(node, held);
      leaseEnds.set(node, now() + LEASE_MS);
    }
    return taken;
  }

  function heldBy(node: string) {
    const articles = active.get(node)?.size ?? 0;
    return { articles, leaseUntil: articles > 0 ? leaseEnds.get(node) ?? null : null };
  }

  /** Places ids in exactly one place each; skips those that fail `isOurs`. */
  function place(placement: Placement, isOurs: (id: number) => boolean) {
    newest.settlement = Math.max(newest.settlement, placement.commits?.settlement ?? 0);
    newest.note = Math.max(newest.note, placement.commits?.note ?? 0);
    const seen = new Set<number>();
    const each = <T>(items: T[], idOf: (item: T) => number, put: (item: T) => void) => {
      for (const item of items) {
        const id = idOf(item);
        if (seen.has(id) || !isOurs(id)) continue;
        seen.add(id);
        retry.delete(id);
        dead.delete(id);
        put(item);
      }
    };
    const self = (id: number) => id;
    each(placement.pending, self, (id) => pending.pushLeft(id));
    const time = now();
    each(placement.retry, ({ id }) => id, ({ id, dueInMs }) => retry.set(id, time + dueInMs));
    each(placement.dead, ({ id }) => id, ({ id, diedAt }) => void dead.set(id, diedAt));
    each(placement.gone, self, () => {});
  }

  function requeueActive(node: string): number {
    const ids = active.get(node) ?? new Set<number>();
    for (const id of ids) pending.pushRight(id);
    active.delete(node);
    leaseEnds.delete(node);
    return ids.size;
  }

  function rescue(): { node: string; ids: number }[] {
    const time = now();
    return [...leaseEnds]
      .filter(([, end]) => end <= time)
      .map(([node]) => ({ node, ids: requeueActive(node) }))
      .filter(({ ids }) => ids > 0);
  }

  function counts() {
    const held = [...active.values()].reduce((sum, ids) => sum + ids.size, 0);
    return { pending: pending.size, retry: retry.size, dead: dead.size, active: held };
  }

  return {
    async ping() {},
    claim: async () => true,
    take: async (node, max) => take(node, max),

    async settle(node, placement, tally) {
      const held = active.get(node);
      place(placement, (id) => held?.delete(id) ?? false);
      if (tally !== null) counters.raise(tally);
    },

    place: async (placement) => place(placement, () => true),
    async reconcile(node, inProgress) {
      const known = new Set(inProgress);
      const held = active.get(node) ?? new Set<number>();
      const strays = [...held].filter((id) => !known.has(id));
      for (const id of strays) {
        held.delete(id);
        pending.pushRight(id);
      }
      return strays.length;
    },
    requeueActive: async (node) => requeueActive(node),
    rescue: async () => rescue(),
    counts: async () => counts(),
    totals: async () => counters.totals(),

    async report(report, { day, zone }, windowMs, isChange) {
      if (report !== null) {
        publisher.note(report);
        if (report.in_flight > 0) leaseEnds.set(report.node, now() + LEASE_MS);
      }
      const figures = {
        counts: counts(),
        totals: counters.totals(),
        comparison,
        zone,
        processedToday: counters.processedOn(day),
        heldBy,
      };
      return publisher.report(figures, windowMs, isChange);
    },

    nodes: async () => publisher.rows(heldBy).map((row) => JSON.stringify(row)),

    async leave(node) {
      const held = active.get(node)?.size ?? 0;
      if (held > 0) throw new Error(`Cannot let ${node} leave: it still holds ${held} articles`);
      active.delete(node);
      leaseEnds.delete(node);
      publisher.forget(node);
    },

    coldEpoch: async () => cold ? EPOCH : null,

    async markWarm() {
      cold = false;
    },

    async members() {
      const held = [...active.values()].flatMap((ids) => [...ids]);
      return {
        waiting: new Set([...pending.values(), ...held]),
        retry: new Set(retry.ids()),
        dead: new Set(dead.keys()),
      };
    },

    async remove(ids) {
      const removed = new Set(ids);
      for (const id of ids) {
        retry.delete(id);
        dead.delete(id);
        for (const held of active.values()) held.delete(id);
      }
      for (let left = pending.size; left > 0; left--) {
        const id = pending.popRight();
        if (id !== undefined && !removed.has(id)) pending.pushLeft(id);
      }
    },

    newestCommits: async () => ({ ...newest }),

    async rewind(commits, days) {
      Object.assign(newest, commits);
      counters.reset(days);
    },

    async takeInventory() {
      const held = [...active.values()].flatMap((ids) => [...ids]);
      const waiting = new Set([...pending.values(), ...held]);
      const inRetry = new Set(retry.ids());
      return {
        async missing(articles) {
          return articles
            .filter(({ id, state }) =>
              state === "dead"
                ? !dead.has(id)
                : !waiting.has(id) && !(state === "retry" && inRetry.has(id))
            )
            .map(({ id }) => id);
        },
      };
    },

    async visitFailed(state, visit) {
      await visit([...(state === "retry" ? retry.ids() : dead.keys())]);
    },

    async noteComparison(result) {
      comparison = result;
    },

    lastComparison: async () => comparison,

    restoreTotals: async (older, tallies) => counters.restore(older, tallies),

    async withLock(name, work) {
      if (locks.has(name)) return false;
      locks.add(name);
      try {
        await work();
      } finally {
        locks.delete(name);
      }
      return true;
    },

    async [Symbol.asyncDispose]() {},
  };
}
