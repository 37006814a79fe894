const PROBE_MS = 500;
/** The probes of the last 15 s, longer than the usual scrape interval. */
const KEPT_PROBES = 30;

/** Event loop lag: how late this isolate's timers fire. */
export interface LoopLag extends Disposable {
  /** The longest lag of the last 15 s, in milliseconds. */
  longestMs(): number;
}

/** Starts to probe twice a second until disposed of. */
export function watchLoopLag(): LoopLag {
  const lags: number[] = [];
  let expected = performance.now() + PROBE_MS;
  const timer = setInterval(() => {
    const now = performance.now();
    lags.push(Math.max(0, now - expected));
    if (lags.length > KEPT_PROBES) lags.shift();
    expected = now + PROBE_MS;
  }, PROBE_MS);
  return {
    longestMs: () => Math.max(0, performance.now() - expected, ...lags),
    [Symbol.dispose]: () => clearInterval(timer),
  };
}
