import assert from "node:assert/strict";
import { render } from "preact-render-to-string";
import { RulePreview } from "../../components/alerts/RulePreview.tsx";
import { newDraft } from "../../lib/dashboard/alerts/rule_draft.ts";
import { evaluateRule } from "../../lib/alerts/preview_rule.ts";
import { alertsWords } from "../../lib/i18n/alerts_words.ts";
import { createAxisVoice } from "../../lib/i18n/axis_voice.ts";
import type { Language } from "../../lib/i18n/language.ts";
import { createVoice } from "../../lib/i18n/voice.ts";

const NOW = Date.UTC(2026, 10, 27, 12);
const HOUR_MS = 3_600_000;
const RULE = { measure: "dead_letters", threshold: 5, for_seconds: 0 } as const;
const sample = (at: number, dead: number) => ({
  at,
  processed: 0,
  failed: 0,
  retried: 0,
  pending: 0,
  retry: 0,
  dead,
});

function shown(language: Language, samples: ReturnType<typeof sample>[]): string {
  const voice = createVoice(language, alertsWords[language]);
  return render(
    <RulePreview
      voice={voice}
      axis={createAxisVoice(language)}
      draft={newDraft("dead_letters", "Dead letters")}
      preview={evaluateRule(RULE, samples, 0)}
      now={NOW}
    />,
  );
}

Deno.test("a rule is not said to be silent before there is data", () => {
  assert.match(shown("en", []), /There is no data yet/);
  assert.match(shown("zh", []), /还没有数据/);
  const young = [sample(NOW - HOUR_MS, 0)];
  assert.match(shown("en", young), /Would not have fired since .*; there is no earlier data/);
  assert.match(shown("zh", young), /起不会触发；更早没有数据/);
  assert.equal(evaluateRule(RULE, young, 0).since, NOW - HOUR_MS);
  const fired = [sample(NOW - 2 * HOUR_MS, 9), sample(NOW - HOUR_MS, 0)];
  assert.match(shown("en", fired), /Would have fired once since /);
});

Deno.test("nothing is said about the time before the first data, where its interval starts", () => {
  const [zero, first, later] = [NOW - 2 * HOUR_MS, NOW - HOUR_MS, NOW];
  const begin = first + 9 * 60_000;
  const samples = [sample(zero, 0), sample(first, 9), sample(later, 0)];
  const { since, points, firings } = evaluateRule(RULE, samples, begin);
  assert.equal(since, begin);
  assert.deepEqual(points, [{ at: begin, value: 9 }, { at: later, value: 0 }]);
  assert.deepEqual(firings, [{ began_at: begin, ended_at: later, peak: 9 }]);
});

Deno.test("with data of the whole week, a preview is about the week", () => {
  const week = [sample(NOW - 8 * 24 * HOUR_MS, 0), sample(NOW - HOUR_MS, 1)];
  assert.match(shown("en", week), /Would not have fired in the past week/);
});
