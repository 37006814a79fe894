import assert from "node:assert/strict";
import { coalesce } from "../../lib/runtime/coalesce.ts";

Deno.test("calls during a run share one later run", async () => {
  const runs: PromiseWithResolvers<number>[] = [];
  const load = coalesce(() => {
    runs.push(Promise.withResolvers());
    return runs.at(-1)!.promise;
  });
  const first = load();
  const [second, third] = [load(), load()];
  assert.equal(runs.length, 1);
  runs[0]!.resolve(1);
  assert.equal(await first, 1);
  await Promise.resolve().then(() => {}).then(() => {}).then(() => {});
  assert.equal(runs.length, 2);
  runs[1]!.resolve(2);
  assert.deepEqual(await Promise.all([second, third]), [2, 2]);
});

Deno.test("a run that throws fails only its callers", async () => {
  let runs = 0;
  const load = coalesce(() => {
    runs++;
    return runs === 1 ? Promise.reject(new Error("away")) : Promise.resolve(runs);
  });
  const first = load();
  const second = load();
  await assert.rejects(first, /away/);
  assert.equal(await second, 2);
  assert.equal(await load(), 3);
});
