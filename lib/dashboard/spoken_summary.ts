import { effect, type ReadonlySignal, signal } from "@preact/signals";
import type { LiveEnvironment } from "./live_environment.ts";

/** How often figures that change are spoken of: nobody listens to twenty a second. */
const PACE_MS = 60_000;
/** How long a new state is to last before it is spoken of. */
const SETTLE_MS = 1_000;

/** A text for a live region: what is put there is read out. */
export interface SpokenSummary extends Disposable {
  /** Empty until there is something that the page did not say when it was opened. */
  readonly text: ReadonlySignal<string>;
}

export interface SpokenSummaryOptions {
  /** What is spoken of soon when it changes, and no sooner than the pace allows while it does not. */
  state: ReadonlySignal<string>;
  /** The summary as it is now. */
  say: () => string;
  environment: Pick<LiveEnvironment, "after">;
}

/** Speaks a summary at a humane pace: soon after the state has turned, else once a minute at most. */
export function createSpokenSummary(options: SpokenSummaryOptions): SpokenSummary {
  const { state, say, environment } = options;
  const text = signal("");
  const opening = say();
  let isKnown = false;
  let cancel = () => {};

  function speak() {
    const now = say();
    if (text.peek() !== "" || now !== opening) text.value = now;
    wait(PACE_MS);
  }

  function wait(ms: number) {
    cancel();
    cancel = environment.after(ms, speak);
  }

  const stopFollowing = effect(() => {
    state.value;
    wait(isKnown ? SETTLE_MS : PACE_MS);
    isKnown = true;
  });
  return {
    text,
    [Symbol.dispose]() {
      stopFollowing();
      cancel();
    },
  };
}
