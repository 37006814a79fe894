/** The timing parameters of a rule's condition. */
export interface Condition {
  threshold: number;
  for_seconds: number;
}

/**
 * The states of a rule:
 *
 * ```
 *          above              above for for_seconds
 *   clear ──────→ exceeding ────────────────────────→ firing
 *     ↑               │ below                        above ↑ │ below
 *     ├───────────────┘                                    │ ↓
 *     └──────────────────────────────────────────────── settling
 *              below for for_seconds, a minute at most
 * ```
 */
export type AlertState =
  | { kind: "clear" }
  /** `since`: when the excess began, ms; `peak`: the highest value since then. */
  | { kind: "exceeding" | "firing"; since: number; peak: number }
  /** `below`: since when the measure is no longer above the threshold. */
  | { kind: "settling"; since: number; peak: number; below: number };

export const CLEAR: AlertState = { kind: "clear" };

/** A shorter dip does not end the firing (hysteresis). */
const LONGEST_SETTLING_S = 60;

/** Returns the next state for a value at a time (ms). An unknown value (null) changes nothing. */
export function nextState(
  state: AlertState,
  condition: Condition,
  { at, value }: { at: number; value: number | null },
): AlertState {
  if (value === null) return state;
  const holdMs = condition.for_seconds * 1_000;
  const settleMs = Math.min(condition.for_seconds, LONGEST_SETTLING_S) * 1_000;
  if (value > condition.threshold) {
    const { since, peak } = state.kind === "clear" ? { since: at, peak: value } : state;
    const fires = state.kind === "firing" || state.kind === "settling" || at - since >= holdMs;
    return { kind: fires ? "firing" : "exceeding", since, peak: Math.max(peak, value) };
  }
  if (state.kind === "clear" || state.kind === "exceeding") return CLEAR;
  const below = state.kind === "settling" ? state.below : at;
  const { since, peak } = state;
  return at - below >= settleMs ? CLEAR : { kind: "settling", since, peak, below };
}

/** Whether a rule in this state is firing. */
export function isFiring(state: AlertState): boolean {
  return state.kind === "firing" || state.kind === "settling";
}
