import assert from "node:assert/strict";
import { type OutlookFacts, outlookOf } from "../../lib/dashboard/outlook.ts";
import type { Sample } from "../../lib/dashboard/sample.ts";
import { sayBacklog, sayOutlook } from "../../lib/dashboard/say_outlook.ts";
import { overviewWords } from "../../lib/i18n/overview_words.ts";
import { createVoice } from "../../lib/i18n/voice.ts";

const NOW = 1_000_000;
const STEP = 5;
const facts: OutlookFacts = {
  condition: "running",
  nodes: 1,
  workers: 2,
  pending: 0,
  speed: 0,
  samples: [],
  step: STEP,
  now: NOW,
  spent: null,
};
const voice = createVoice("en", overviewWords.en);
const said = (given: Partial<OutlookFacts>) => sayOutlook(voice, outlookOf({ ...facts, ...given }));

/** A backlog that was so deep some time ago, and then after each five seconds until five seconds ago. */
function depths(...pending: number[]): Sample[] {
  return pending.map((depth, n) => ({
    at: NOW - (pending.length - n + 1) * STEP * 1_000,
    processed: 0,
    failed: 0,
    retried: 0,
    pending: depth,
    retry: 0,
    dead: 0,
  }));
}

Deno.test("a stream that stands still is told by what holds it", () => {
  assert.equal(outlookOf({ ...facts, condition: "stopped" }).kind, "stopped");
  assert.equal(outlookOf({ ...facts, condition: "broker away" }).kind, "broker away");
  assert.equal(outlookOf({ ...facts, workers: 0 }).kind, "no worker");
  assert.equal(outlookOf({ ...facts, condition: "stopped", nodes: 0 }).kind, "no worker");
  assert.equal(said({ workers: 0 }), "There is no worker: articles will wait.");
});

Deno.test("with nothing waiting, or as much going as coming, it keeps up", () => {
  assert.equal(said({}), "Keeping up: no article waits.");
  const level = { pending: 1_000, speed: 100, samples: depths(1_000, 1_001, 999, 1_000) };
  assert.equal(said(level), "Keeping up: as much goes out as comes in.");
});

Deno.test("a backlog that shrinks is told with a range, from the quickest and the slowest step", () => {
  // 40, 20 and 20 a second, then 20.
  const shrinking = { pending: 1_200, speed: 30, samples: depths(1_700, 1_500, 1_400, 1_300) };
  const outlook = outlookOf({ ...facts, ...shrinking });
  assert.deepEqual(outlook, { kind: "catching up", least: 30, most: 60 });
  assert.match(said(shrinking), /^Catching up: the backlog will be empty in 30 sec to 1 min/);
  assert.match(sayBacklog(voice, outlook, 1_200), /^Empty in 30 sec to 1 min/);
});

Deno.test("a burst is over when the backlog shrinks again, and a wobble is no turn", () => {
  const burst = { pending: 2_000, speed: 200, samples: depths(0, 0, 4_000, 3_000) };
  assert.match(said(burst), /^Catching up: the backlog will be empty in about 10 sec/);
  const wobble = { pending: 5_100, speed: 200, samples: depths(3_000, 4_000, 5_000, 4_900, 5_000) };
  assert.match(said(wobble), /^Falling behind: /);
});

Deno.test("a backlog that grows is told with what takes the time", () => {
  const growing = { pending: 2_000, speed: 100, samples: depths(1_000, 1_250, 1_500, 1_750) };
  const spent = { load_ms: 200, clean_ms: 100, annotate_ms: 200, save_ms: 500 };
  assert.equal(
    said({ ...growing, spent }),
    "Falling behind: the database takes 70 % of the time; 50 articles more wait each second.",
  );
  assert.equal(
    said({ ...growing, spent: { ...spent, annotate_ms: 2_700 } }),
    "Falling behind: the workers take 80 % of the time; 50 articles more wait each second.",
  );
  assert.equal(said(growing), "Falling behind: 50 articles more wait each second.");
});
