import assert from "node:assert/strict";
import { thinned, withSample } from "../../../lib/dashboard/overview/status_sample.ts";
import type { StreamSample } from "../../../lib/wire/stream_sample.ts";
import { seriesOf } from "../../../lib/dashboard/charts/series.ts";
import { rowsOf } from "../../../lib/dashboard/charts/series_rows.ts";

const sample = (seconds: number, processed: number, pending = 0): StreamSample => ({
  at: seconds * 1_000,
  processed,
  failed: 0,
  retried: 0,
  pending,
  retry: 0,
  dead: 0,
});

Deno.test("counts become rates, and missing steps have a rate of zero", () => {
  const samples = [sample(99, 10), sample(100, 12, 5), sample(103, 18, 2)];
  const { at, values, unfinished } = seriesOf(samples, {
    length: 5,
    step: 1,
    until: 104_000,
    now: 200_000,
  });
  assert.deepEqual(at, [100, 101, 102, 103, 104].map((second) => second * 1_000));
  assert.deepEqual(values.processed, [2, 0, 0, 6, 0]);
  assert.deepEqual(values.pending, [5, 5, 5, 2, 2]);
  assert.equal(unfinished, false);
});

Deno.test("values before the first sample are unknown", () => {
  const { values } = seriesOf([sample(102, 7, 3)], {
    length: 4,
    step: 1,
    until: 103_000,
    now: 200_000,
  });
  assert.deepEqual(values.processed, [null, null, null, 0]);
  assert.deepEqual(values.pending, [null, null, 3, 3]);
});

Deno.test("the newest step is incomplete until it ends, and its rate uses the elapsed time", () => {
  const given = { length: 20, step: 10, until: 115_000 };
  const samples = [sample(90, 0), sample(100, 100), sample(110, 160)];
  const begun = seriesOf(samples, { ...given, now: 114_000 });
  assert.deepEqual(begun.values.processed, [10, null]);
  const soon = seriesOf(samples, { ...given, now: 116_000 });
  assert.deepEqual([soon.values.processed, soon.unfinished], [[10, 10], true]);
  const over = seriesOf(samples, { ...given, now: 120_000 });
  assert.deepEqual([over.values.processed, over.unfinished], [[10, 6], false]);
});

Deno.test("samples are bounded to the last one per step, plus one as the baseline", () => {
  let samples: readonly StreamSample[] = [];
  for (let n = 0; n < 100; n++) samples = withSample(samples, sample(n, n), (n - 9) * 1_000);
  assert.deepEqual(samples.map(({ at }) => at / 1_000), [
    89,
    90,
    91,
    92,
    93,
    94,
    95,
    96,
    97,
    98,
    99,
  ]);
  assert.deepEqual(thinned([sample(1, 1), sample(4, 2), sample(6, 3)], 5), [
    sample(0, 2),
    sample(5, 3),
  ]);
});

Deno.test("the table behind a chart has mean rates, and queue depths at the end of each row", () => {
  const series = seriesOf(
    [sample(99, 0), sample(100, 2, 9), sample(101, 6, 8), sample(102, 7, 1)],
    {
      length: 4,
      step: 1,
      until: 103_000,
      now: 200_000,
    },
  );
  const rates = rowsOf(series, { names: ["processed"], kind: "rate", seconds: 2 });
  assert.deepEqual(rates.map(({ at }) => at), [102_000, 100_000]);
  assert.deepEqual(rates.map(({ values }) => values.processed), [0.5, 3]);
  const depths = rowsOf(series, { names: ["pending"], kind: "depth", seconds: 2 });
  assert.deepEqual(depths.map(({ values }) => values.pending), [1, 8]);
});
