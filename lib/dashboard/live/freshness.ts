import { type ReadonlySignal, signal } from "@preact/signals";
import { FRESH_MS } from "../../wire/health/health.ts";
import type { LiveEnvironment } from "./live_environment.ts";
import { createSingleTimer } from "./single_timer.ts";

const SECOND = 1_000;

/** The age of the displayed data: 0 while fresh, then in ms, updated once a second. */
export interface Freshness {
  readonly ageMs: ReadonlySignal<number>;
  /** Called with the time at which the displayed status arrived, on the environment's clock. */
  received(at: number): void;
  /** Reads the clock immediately, since timers of a hidden or frozen page are late. */
  check(): void;
}

/** @param heardAt The time of the page's initial status, on the environment's clock. */
export function createFreshness(
  environment: Pick<LiveEnvironment, "now" | "after">,
  heardAt: number,
): Freshness {
  const ageMs = signal(0);
  const timer = createSingleTimer(environment);

  function check() {
    const age = Math.max(0, environment.now() - heardAt);
    if (age < FRESH_MS) return timer.start(FRESH_MS - age, check);
    ageMs.value = Math.max(FRESH_MS, Math.floor(age / SECOND) * SECOND);
    timer.start(SECOND - age % SECOND, check);
  }

  return {
    ageMs,
    received(at) {
      heardAt = at;
      ageMs.value = 0;
      timer.start(Math.max(0, at + FRESH_MS - environment.now()), check);
    },
    check,
  };
}
