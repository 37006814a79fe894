import assert from "node:assert/strict";
import fc from "fast-check";
import { withStatus } from "../../../lib/wire/health/trace.ts";
import { ratesOf, tracedSeconds } from "../../../lib/wire/health/rates.ts";
import { BEGIN, flowing, statusOf, watched } from "../../support/statuses.ts";

Deno.test("rates over ten seconds are accurate within ten percent, at any status frequency", () => {
  const rate = fc.integer({ min: 0, max: 5_000 });
  const gaps = fc.array(fc.integer({ min: 50, max: 1_100 }), { minLength: 30, maxLength: 300 });
  fc.assert(fc.property(rate, rate, gaps, (arriving, finishing, waits) => {
    let ms = 0;
    const statuses = waits.map((wait) => {
      ms += wait;
      return statusOf({
        at: BEGIN + ms,
        queue_pending: 100_000 + Math.round((arriving - finishing) * ms / 1_000),
        processed_total: Math.round(finishing * ms / 1_000),
      });
    });
    const rates = ratesOf(watched(statuses).trace);
    fc.pre(rates !== null);
    assert.ok(Math.abs(rates.arriving - arriving) <= 0.1 * arriving + 1);
    assert.ok(Math.abs(rates.finishing - finishing) <= 0.1 * finishing + 1);
    const growth = arriving - finishing;
    assert.ok(Math.abs(rates.growth - growth) <= 0.1 * Math.abs(growth) + 1);
  }));
});

Deno.test("cleared articles do not reduce the arrival rate", () => {
  const before = flowing({ seconds: 5, arriving: 100, finishing: 100 })
    .map((status) => ({ ...status, queue_dead: 4_000 }));
  const after = flowing({ seconds: 5, arriving: 100, finishing: 100, begin: BEGIN + 6_000 })
    .map((status) => ({ ...status, processed_total: status.processed_total + 600 }));
  const rates = ratesOf(watched([...before, ...after]).trace);
  assert.ok(rates !== null && rates.arriving > 85 && rates.arriving <= 100);
});

Deno.test("a short trace has no rates, and a long one is trimmed to the last eleven seconds", () => {
  assert.equal(ratesOf(watched([statusOf()]).trace), null);
  const { trace } = watched(flowing({ seconds: 300, arriving: 5, finishing: 5 }));
  assert.ok(tracedSeconds(trace) <= 11 && tracedSeconds(trace) >= 10);
  assert.ok(trace.points.length <= 13);
});

Deno.test("an older status restarts the trace", () => {
  const { trace } = watched([...flowing({ seconds: 9, arriving: 5, finishing: 5 }), statusOf()]);
  assert.equal(trace.points.length, 1);
});

Deno.test("a status that was overtaken does not change the trace", () => {
  const { trace } = watched(flowing({ seconds: 9, arriving: 5, finishing: 5 }));
  const overtaken = statusOf({ at: trace.points.at(-1)!.at - 600, worker_restarts: 7 });
  assert.equal(withStatus(trace, overtaken), trace);
});
