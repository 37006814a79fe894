import assert from "node:assert/strict";
import { createHistoryModel } from "../../../lib/dashboard/charts/history_model.ts";
import { SPANS } from "../../../lib/database/chart_history.ts";
import { statusOf } from "../../support/statuses.ts";

const BEGAN = 1_000_000_000;

const status = (at: number, processed: number) =>
  statusOf({ processed_total: processed, seq: processed, at });

const view = { span: "5m", until: null, samples: [], timings: [], marks: [], now: BEGAN } as const;

Deno.test("a steady stream is a flat line of five-second means", () => {
  const history = createHistoryModel(SPANS, view);
  for (let n = 1; n < 2_000; n++) history.note(status(BEGAN + n * 70, n));
  const known = history.series.value.values.processed.filter((rate) => rate !== null);
  assert.ok(known.length >= 26, `${known.length} points`);
  for (const rate of known.slice(1)) assert.ok(Math.abs(rate - 1_000 / 70) < 1, `${rate} a second`);
});

Deno.test("without reports, the time axis advances, and values after the last report are unknown", () => {
  const history = createHistoryModel(SPANS, view);
  for (let n = 0; n <= 10; n++) history.note(status(BEGAN + n * 1_000, n));
  history.age(20_000);
  const { at, values } = history.series.value;
  assert.equal(history.known.value, BEGAN + 10_000);
  assert.equal(at.at(-1), BEGAN + 30_000);
  assert.deepEqual(values.pending.slice(-5), [0, null, null, null, null]);
});
