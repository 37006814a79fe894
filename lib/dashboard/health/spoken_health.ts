import { effect, type ReadonlySignal, signal } from "@preact/signals";
import type { LiveEnvironment } from "../live/live_environment.ts";
import { createSingleTimer } from "../live/single_timer.ts";

/** The minimum interval between announcements of figures in one state. */
const PACE_MS = 60_000;
/** The debounce: how long a new state has to last before it is announced. */
const SETTLE_MS = 1_000;

/** The text of a live region, which screen readers announce. */
export interface SpokenHealth extends Disposable {
  /** Empty until the page has changed since it was opened. */
  readonly text: ReadonlySignal<string>;
}

export interface SpokenHealthOptions {
  /** A change is announced soon; within one state, figures are announced once a minute. */
  state: ReadonlySignal<string>;
  /** Returns the announcement as of now. */
  say: () => string;
  environment: Pick<LiveEnvironment, "after">;
}

/** Announces the health: soon after the state has changed, else once a minute at most. */
export function createSpokenHealth(options: SpokenHealthOptions): SpokenHealth {
  const { state, say, environment } = options;
  const text = signal("");
  const opening = say();
  let isKnown = false;
  const timer = createSingleTimer(environment);

  function speak() {
    const now = say();
    if (text.peek() !== "" || now !== opening) text.value = now;
    timer.start(PACE_MS, speak);
  }

  const stopFollowing = effect(() => {
    state.value;
    timer.start(isKnown ? SETTLE_MS : PACE_MS, speak);
    isKnown = true;
  });
  return {
    text,
    [Symbol.dispose]() {
      stopFollowing();
      timer.cancel();
    },
  };
}
