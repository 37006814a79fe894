import assert from "node:assert/strict";
import { paginateByKey, RANGE_BITS } from "../../lib/database/keyset_pagination.ts";

const RANGE = 2 ** RANGE_BITS;

/** Walks over the given ids; `takes` is the duration of a step in ms. */
function walkOver(ids: number[], { top = Number.MAX_SAFE_INTEGER, limit = 10, takes = 0 } = {}) {
  const steps: [number, number][] = [];
  let clock = 0;
  const below = (id: number) => ids.filter((each) => each < id).toSorted((a, b) => b - a);
  const page = paginateByKey({
    top,
    limit,
    now: () => clock,
    newestBelow: (id) => Promise.resolve(below(id)[0] ?? null),
    step: (from, to, wanted) => {
      steps.push([from, to]);
      clock += takes;
      const found = below(Math.min(top, (from + 1) * RANGE)).filter((id) => id >= to * RANGE);
      return Promise.resolve(found.slice(0, wanted).map((id) => ({ id })));
    },
  });
  return { page, steps };
}

Deno.test("paginateByKey() walks from newest to oldest, and pages have no gaps or duplicates", async () => {
  const ids = [1, 2, RANGE - 1, RANGE, 5 * RANGE, 40 * RANGE, 40 * RANGE + 1];
  const seen: number[] = [];
  for (let top = Number.MAX_SAFE_INTEGER;;) {
    const { rows, cursor } = await walkOver(ids, { top, limit: 2 }).page;
    seen.push(...rows.map(({ id }) => id));
    if (cursor === null) break;
    top = cursor;
  }
  assert.deepEqual(seen, ids.toReversed());
});

Deno.test("paginateByKey() skips any number of missing ids", async () => {
  const { page, steps } = walkOver([7, 9_000_000_000_000_000], { takes: 10 });
  assert.deepEqual((await page).rows.map(({ id }) => id), [9_000_000_000_000_000, 7]);
  assert.ok(steps.length <= 3, `${steps.length} steps`);
});

Deno.test("paginateByKey() exceeds its time limit while the page is empty", async () => {
  const ids = [7, 3];
  const clock = { at: 0 };
  let steps = 0;
  const { rows } = await paginateByKey({
    top: Number.MAX_SAFE_INTEGER,
    limit: 10,
    now: () => clock.at,
    newestBelow: (id) => Promise.resolve(Math.min(id - 1, 5 * RANGE)),
    step: (_, to) => {
      steps++;
      clock.at += 100;
      return Promise.resolve(to === 0 ? ids.map((id) => ({ id })) : []);
    },
  });
  assert.deepEqual(rows.map(({ id }) => id), ids);
  assert.equal(steps, 6);
});

Deno.test("paginateByKey() takes at least one step, and returns a cursor", async () => {
  const { page, steps } = walkOver([7, 3 * RANGE], { takes: 1_000 });
  const { rows, cursor } = await page;
  assert.deepEqual([rows, steps.length, cursor], [[{ id: 3 * RANGE }], 1, 3 * RANGE]);
});
