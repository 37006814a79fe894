// The port is asynchronous, this adapter never waits; `async` makes a rejection of what throws.
// deno-lint-ignore-file require-await
import { createCounters } from "./memory/counters.ts";
import { createDeque } from "./memory/deque.ts";
import { createDueTimes } from "./memory/due_times.ts";
import { createPublisher } from "./memory/publisher.ts";
import type { Placement, Queue } from "./queue.ts";
import { DUE_AT_ONCE, LEASE_MS } from "./timing.ts";

/** It never comes back as another: what lives in one process ends with it. */
const EPOCH = "this process";

export interface MemoryQueueOptions {
  /** Sends a status to whoever listens. */
  publish: (status: string) => void;
  /** Milliseconds since the epoch; default the system's clock. */
  now?: () => number;
}

/** The queue within one process. It is cold when it is made: what was queued before, Postgres knows. */
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

  /** Puts ids where they belong and nowhere else; those that `isOurs` denies are left alone. */
  function place(placement: Placement, isOurs: (id: number) => boolean) {
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
    each(placement.retry, ({ id }) => id, ({ id, dueAt }) => retry.set(id, dueAt));
    each(placement.dead, ({ id }) => id, ({ id, diedAt }) => void dead.set(id, diedAt));
    each(placement.gone, self, () => {});
  }

  function giveBack(node: string): number {
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
      .map(([node]) => ({ node, ids: giveBack(node) }))
      .filter(({ ids }) => ids > 0);
  }

  function counts() {
    const held = [...active.values()].reduce((sum, ids) => sum + ids.size, 0);
    return { pending: pending.size, retry: retry.size, dead: dead.size, active: held };
  }

  return {
    take: async (node, max) => take(node, max),

    async settle(node, placement, tally) {
      const held = active.get(node);
      place(placement, (id) => held?.delete(id) ?? false);
      if (tally !== null) counters.raise(tally);
    },

    place: async (placement) => place(placement, () => true),
    giveBack: async (node) => giveBack(node),
    rescue: async () => rescue(),
    counts: async () => counts(),
    totals: async () => counters.totals(),

    async report(report, day, windowMs, news) {
      if (report !== null) {
        publisher.note(report);
        if (report.role !== "web") leaseEnds.set(report.node, now() + LEASE_MS);
      }
      const figures = {
        counts: counts(),
        totals: counters.totals(),
        processedToday: counters.processedOn(day),
      };
      return publisher.report(figures, windowMs, news);
    },

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

    restoreTotals: async (older, tallies) => counters.restore(older, tallies),

    async exclusively(name, work) {
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
