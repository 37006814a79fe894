import { effect, type ReadonlySignal, signal } from "@preact/signals";
import * as z from "zod/mini";
import { browserEnvironment } from "../live/live_environment.ts";
import type { LiveStatus } from "../live/live_status.ts";
import { throttleWork } from "../live/throttle_work.ts";
import { callApi } from "../requests/api.ts";

const causes = z.object({
  total: z.number(),
  causes: z.array(z.object({
    fingerprint: z.string(),
    sample: z.nullable(z.string()),
    reason: z.nullable(z.string()),
    retry: z.number(),
    dead: z.number(),
    /** The last failures per bucket of the last hour, oldest first. */
    recent: z.array(z.number()),
  })),
});

/** The most frequent causes, and the number of causes. */
export type TopCauses = z.infer<typeof causes>;

/** The number of displayed causes. */
export const TOP_CAUSES = 4;
const REST_MS = 5_000;

export interface CauseModel {
  /** Null if they could not be read. */
  readonly top: ReadonlySignal<TopCauses | null>;
  /** Follows the counts of failures, at most every five seconds, until the returned function is called. */
  follow(live: LiveStatus): () => void;
}

export function createCauseModel(first: TopCauses | null): CauseModel {
  const top = signal(first);

  async function read() {
    const response = await callApi(`/api/failures/causes?limit=${TOP_CAUSES}`, causes);
    if (response.kind === "done") top.value = response.data;
  }

  return {
    top,
    follow({ model }) {
      const throttled = throttleWork(read, {
        restMs: REST_MS,
        environment: browserEnvironment(),
      });
      let known: string | null = null;
      const stop = effect(() => {
        if (model.status.value === null) return;
        const counts = `${model.retry.value} ${model.dead.value}`;
        if (known !== null && counts !== known) throttled.request();
        known = counts;
      });
      return () => {
        stop();
        throttled[Symbol.dispose]();
      };
    },
  };
}
