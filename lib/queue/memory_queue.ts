// The port is asynchronous, though this adapter never waits; `async` turns exceptions into rejections.
// deno-lint-ignore-file require-await
import { createActiveSets } from "./memory/active_sets.ts";
import { createCounters } from "./memory/counters.ts";
import { createIdPlaces } from "./memory/id_places.ts";
import { createLocks } from "./memory/locks.ts";
import { createPublisher } from "./memory/publisher.ts";
import type { Commits, Comparison, Placement, Queue } from "./queue.ts";

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
  const active = createActiveSets(now);
  const places = createIdPlaces(active, now);
  const counters = createCounters(now);
  const publisher = createPublisher({ publish, now });
  let cold = true;
  const newest: Commits = { settlement: 0, note: 0 };
  let comparison: Comparison | null = null;

  function place(placement: Placement, isOurs: (id: number) => boolean) {
    newest.settlement = Math.max(newest.settlement, placement.commits?.settlement ?? 0);
    newest.note = Math.max(newest.note, placement.commits?.note ?? 0);
    places.place(placement, isOurs);
  }

  return {
    outlivesNode: false,
    async ping() {},
    claim: async () => true,
    take: async (node, max) => places.take(node, max),

    async settle(node, placement, tally) {
      place(placement, (id) => active.remove(node, id));
      if (tally !== null) counters.raise(tally);
    },

    place: async (placement) => place(placement, () => true),
    reconcile: async (node, inProgress) => places.reconcile(node, inProgress),
    requeueActive: async (node) => places.requeueActive(node),

    rescue: async () =>
      active.expired()
        .map((node) => ({ node, ids: places.requeueActive(node) }))
        .filter(({ ids }) => ids > 0),

    counts: async () => places.counts(),
    totals: async () => counters.totals(),

    async report(report, { day, zone }, windowMs, isChange) {
      if (report !== null) {
        publisher.note(report);
        if (report.in_flight > 0) active.renewLease(report.node);
      }
      const figures = {
        counts: places.counts(),
        totals: counters.totals(),
        comparison,
        zone,
        processedToday: counters.processedOn(day),
        heldBy: active.heldBy,
      };
      return publisher.report(figures, windowMs, isChange);
    },

    nodes: async () => publisher.rows(active.heldBy).map((row) => JSON.stringify(row)),

    async leave(node) {
      const held = active.heldBy(node).articles;
      if (held > 0) throw new Error(`Cannot let ${node} leave: it still holds ${held} articles`);
      active.end(node);
      publisher.forget(node);
    },

    coldEpoch: async () => cold ? EPOCH : null,

    async markWarm() {
      cold = false;
    },

    members: async () => places.members(),
    remove: async (ids) => places.remove(ids),
    newestCommits: async () => ({ ...newest }),

    async rewind(commits, days) {
      Object.assign(newest, commits);
      counters.reset(days);
    },

    async takeInventory() {
      const missing = places.takeInventory();
      return { missing: async (articles) => missing(articles) };
    },

    visitFailed: async (state, visit) => await visit(places.failed(state)),

    async noteComparison(result) {
      comparison = result;
    },

    lastComparison: async () => comparison,

    restoreTotals: async (older, tallies) => counters.restore(older, tallies),

    withLock: createLocks(),

    async [Symbol.asyncDispose]() {},
  };
}
