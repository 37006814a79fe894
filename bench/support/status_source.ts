import { CHANNELS } from "../../lib/bus/bus.ts";
import type { RedisConnection } from "../../lib/redis/redis_connection.ts";
import { epochMs } from "./clock.ts";

/** Publishes statuses like a cluster under load. */
export interface StatusSource {
  /** Publishes the next status; returns its sequence number. */
  publish(): number;
  /** Returns the last sequence number. */
  last(): number;
  /** The size of a message. */
  bytes: number;
}

export function createStatusSource(redis: RedisConnection): StatusSource {
  let seq = 0;

  function send(message: string): Promise<unknown> {
    return Promise.all([
      // Counts as a report: a web node then publishes no status of its own.
      redis.send(["HSET", "processor:published", "at", String(Date.now())]),
      redis.send(["PUBLISH", CHANNELS.status, message]),
    ]);
  }

  return {
    publish() {
      void send(statusAt(++seq));
      return seq;
    },
    last: () => seq,
    bytes: statusAt(1_000).length,
  };
}

/** Returns the status of a node with two workers; `seq` and `at` come last, as in real ones. */
function statusAt(seq: number): string {
  const status = {
    running: true,
    workers: 2,
    queue_pending: 12_345,
    queue_retry: 67,
    queue_dead: 8,
    processed_total: 1_000_000 + seq,
    processed_today: 200_000 + seq,
    speed: 4_321.12,
    last_error: null,
    in_flight: 300,
    failed_total: 12,
    retried_total: 34,
    avg_processing_ms: 0.41,
    nodes: [{
      started_at: 1_795_600_000_000,
      cores: 2,
      paused: false,
      settings: "0123456789abcdef",
      memory_bytes: 123_456_789,
      processed: 1_000_000 + seq,
      failed: 12,
      stages: { load_ms: 12_345.6, clean_ms: 23_456.7, annotate_ms: 34_567.8, save_ms: 45_678.9 },
      outages: [],
      worker_rows: [{ name: 1, state: "busy", done: 500_000 }, { name: 2, state: "busy", done: 1 }],
      oldest_at: 1_795_600_000_000,
      node: "worker-1-abcdef",
      role: "worker",
      running: true,
      workers: 2,
      in_flight: 300,
      speed: 4_321.12,
      last_error: null,
      seen_at: 1_795_600_000_000,
      lost: false,
    }],
    seq,
    at: epochMs(),
  };
  return JSON.stringify(status);
}
