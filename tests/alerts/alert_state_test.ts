import assert from "node:assert/strict";
import { type AlertState, CLEAR, isFiring, nextState } from "../../lib/alerts/alert_state.ts";

const RULE = { threshold: 10, for_seconds: 30 };

/** The state kinds after values at the given seconds. */
function statesOf(values: [second: number, value: number | null][], rule = RULE): string[] {
  let state: AlertState = CLEAR;
  return values.map(([second, value]) => {
    state = nextState(state, rule, { at: second * 1_000, value });
    return state.kind;
  });
}

Deno.test("a rule fires once its measure has exceeded the threshold for long enough", () => {
  assert.deepEqual(statesOf([[0, 11], [29, 12], [30, 11]]), ["exceeding", "exceeding", "firing"]);
});

Deno.test("a value equal to the threshold does not exceed it", () => {
  assert.deepEqual(statesOf([[0, 10], [60, 10]]), ["clear", "clear"]);
});

Deno.test("a dip before the rule fires restarts its timer", () => {
  assert.deepEqual(statesOf([[0, 11], [20, 9], [21, 11], [50, 11], [51, 11]]), [
    "exceeding",
    "clear",
    "exceeding",
    "exceeding",
    "firing",
  ]);
});

Deno.test("an alert resolves after its measure stays below the threshold, and ignores a short dip", () => {
  assert.deepEqual(statesOf([[0, 11], [30, 11], [31, 9], [40, 11], [41, 9], [70, 9], [71, 9]]), [
    "exceeding",
    "firing",
    "settling",
    "firing",
    "settling",
    "settling",
    "clear",
  ]);
});

Deno.test("an alert of a long rule resolves after a minute below the threshold", () => {
  const rule = { threshold: 10, for_seconds: 3_600 };
  assert.deepEqual(statesOf([[0, 11], [3_600, 11], [3_601, 9], [3_661, 9]], rule).at(-1), "clear");
});

Deno.test("a rule without a duration fires and resolves immediately", () => {
  const rule = { threshold: 0, for_seconds: 0 };
  assert.deepEqual(statesOf([[0, 1], [1, 0]], rule), ["firing", "clear"]);
});

Deno.test("an unknown value does not change the state", () => {
  assert.deepEqual(statesOf([[0, 11], [30, null], [31, 11], [32, null]]), [
    "exceeding",
    "exceeding",
    "firing",
    "firing",
  ]);
});

Deno.test("a firing alert keeps the time at which the excess began, and its peak", () => {
  let state = nextState(CLEAR, RULE, { at: 1_000, value: 11 });
  state = nextState(state, RULE, { at: 31_000, value: 40 });
  state = nextState(state, RULE, { at: 32_000, value: 12 });
  assert.ok(isFiring(state));
  assert.deepEqual(state, { kind: "firing", since: 1_000, peak: 40 });
});
