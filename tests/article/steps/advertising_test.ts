import assert from "node:assert/strict";
import { DEFAULT_ARTICLE_SETTINGS as SETTINGS } from "../../../lib/article/article_settings.ts";
import { dictionary } from "../../../lib/article/readings/dictionary.ts";
import { dropAdvertising } from "../../../lib/article/steps/advertising.ts";

/** Paragraphs written for this test, one per line. */
const advertising = readLines("advertising.txt");
const prose = readLines("prose.txt");

function readLines(name: string): string[] {
  return Deno.readTextFileSync(new URL(`../advertising/${name}`, import.meta.url)).trim()
    .split("\n");
}

function phraseOf(text: string, phrases = SETTINGS.advertising_phrases): string | null {
  const reason = dropAdvertising({ text, isChrome: false }, {
    ...SETTINGS,
    advertising_phrases: phrases,
  });
  return reason?.phrase ?? null;
}

Deno.test("the filter drops advertising with a precision of at least 95% and drops most of it", () => {
  const right = advertising.filter((text) => phraseOf(text) !== null).length;
  const wrong = prose.filter((text) => phraseOf(text) !== null);
  assert.ok(right / (right + wrong.length) >= 0.95, wrong.join("\n"));
  const missed = advertising.filter((text) => phraseOf(text) === null);
  assert.ok(right / advertising.length >= 0.9, missed.join("\n"));
});

Deno.test("traditional characters make no difference", () => {
  const traditional = new Map<string, string>();
  for (let unit = 0x4e00; unit < 0x9fff; unit++) {
    const folded = dictionary.folds[unit]!;
    if (folded !== unit) traditional.set(String.fromCharCode(folded), String.fromCharCode(unit));
  }
  for (const text of [...advertising, ...prose]) {
    const written = text.replace(/\p{Script=Han}/gu, (one) => traditional.get(one) ?? one);
    assert.equal(phraseOf(written) === null, phraseOf(text) === null, written);
  }
});

Deno.test("a labeled paragraph is advertising, whatever its text", () => {
  const text =
    "他在河边坐了很久，看着水车一圈一圈地转，后来天就黑了，人们也都回家去了，谁也没有说话。";
  for (
    const labeled of [`【广告】${text}`, `广告：${text}`, `[ 廣告 ]${text}`, `${text}（广告）`]
  ) {
    assert.notEqual(phraseOf(labeled), null, labeled);
  }
  assert.equal(phraseOf(`广告，${text}`), null);
  assert.equal(phraseOf(text), null);
});

Deno.test("a paragraph that is little more than a phrase is advertising, even obfuscated", () => {
  assert.equal(phraseOf("扫 码 关 注"), "扫 码 关 注");
  assert.equal(phraseOf("掃碼關注"), "掃碼關注");
  assert.equal(phraseOf("扫\u200b码关注我们吧"), "扫\u200b码关注");
  assert.equal(phraseOf("这里是广告。"), "广告");
});

Deno.test("without phrases, nothing is advertising", () => {
  assert.equal(phraseOf("【广告】扫码关注", []), null);
});
