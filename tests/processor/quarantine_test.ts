import assert from "node:assert/strict";
import { DEFAULT_ARTICLE_SETTINGS as SETTINGS } from "../../lib/article/article_settings.ts";
import { createQuarantine } from "../../lib/processor/quarantine.ts";
import { makeArticle } from "../workers/make_article.ts";

/** Longer than any test. */
const FULL_LIMIT_MS = 600_000;

function start() {
  const quarantine = createQuarantine(() => 0);
  const abort = new AbortController();
  const compute = (id: number, extra: string, quarantinedBefore: boolean) => {
    const article = makeArticle(id, extra);
    const order = { article, settings: SETTINGS, limitMs: FULL_LIMIT_MS, poison: true };
    return quarantine.compute(order, { quarantinedBefore, signal: abort.signal });
  };
  const loops = (ids: number[]) =>
    Promise.allSettled(ids.map((id) => compute(id, "[[millrace:loop]]", true)));
  return { compute, loops, abort, exceeded: quarantine.exceeded };
}

Deno.test("a valid suspect passes while loops occupy all slots with the full time limit", async () => {
  const { compute, loops, abort } = start();
  const looping = loops([1, 2, 3]);
  const end = await compute(9, "", false);
  assert.equal(end.type, "done", JSON.stringify(end).slice(0, 300));
  abort.abort();
  await looping;
});

Deno.test("a loop fails after its trial if too many articles wait for the full time limit", async () => {
  const { compute, loops, abort, exceeded } = start();
  const looping = loops(Array.from({ length: 22 }, (_, id) => id));
  const end = await compute(99, "[[millrace:loop]]", true);
  assert.equal(end.type, "overran", JSON.stringify(end).slice(0, 300));
  assert.equal(end.limitMs, 1_000);
  abort.abort();
  await looping;
  assert.equal(exceeded(), 1, "an aborted article exceeded no limit");
});

Deno.test("code in quarantine has no permissions", async () => {
  const { compute } = start();
  const end = await compute(1, "[[millrace:trespass]]", false);
  assert.ok(end.type === "done", JSON.stringify(end));
  const [outcome] = end.computed.outcomes;
  assert.ok(outcome?.kind === "failed", JSON.stringify(outcome));
  assert.equal(outcome.failure.message, "Reached: nothing");
});
