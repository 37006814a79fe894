import assert from "node:assert/strict";
import { createVoice } from "../../lib/i18n/voice.ts";

const english = createVoice("en", {
  articles: { one: "{count} article", other: "{count} articles" },
  greeting: "Hello, {name}; {missing} stays",
});
const chinese = createVoice("zh", { articles: "{count} 篇文章" });

Deno.test("say() chooses the plural and writes numbers as the language does", () => {
  assert.equal(english.say("articles", { count: 1 }), "1 article");
  assert.equal(english.say("articles", { count: 0 }), "0 articles");
  assert.equal(english.say("articles", { count: 1234567 }), "1,234,567 articles");
  assert.equal(chinese.say("articles", { count: 1 }), "1 篇文章");
});

Deno.test("say() takes texts as they are and leaves a place that nobody fills", () => {
  assert.equal(
    english.say("greeting", { name: "{count} <b>" }),
    "Hello, {count} <b>; {missing} stays",
  );
});

Deno.test("number() gives as many decimals as asked for", () => {
  assert.equal(english.number(1234.5), "1,235");
  assert.equal(english.number(15.5, 2), "15.50");
});

Deno.test("duration() names the two largest units", () => {
  assert.equal(english.duration(0.2), "0 sec");
  assert.equal(english.duration(59.6), "1 min");
  assert.equal(english.duration(200), "3 min 20 sec");
  assert.equal(english.duration(3_600), "1 hr");
  assert.equal(english.duration(90_061), "1 day 1 hr");
  assert.equal(chinese.duration(200), "3 分钟 20 秒");
});

Deno.test("bytes() chooses the unit", () => {
  assert.equal(english.bytes(0), "0 byte");
  assert.equal(english.bytes(1_234_567), "1.2 MB");
});
