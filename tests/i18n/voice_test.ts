import assert from "node:assert/strict";
import { createAxisVoice } from "../../lib/i18n/axis_voice.ts";
import { nameDay, nameZone } from "../../lib/i18n/calendar.ts";
import { createVoice } from "../../lib/i18n/voice.ts";

const english = createVoice("en", {
  articles: { one: "{count} article", other: "{count} articles" },
  nodes: "{count} of {nodes} {nodes:node|nodes}, {left:is|are} left",
  greeting: "Hello, {name}; {missing} stays",
});
const chinese = createVoice("zh", { articles: "{count} 篇文章" });

Deno.test("a day is named as the reader writes it", () => {
  const noon = new Date(2026, 10, 27, 12).getTime();
  assert.equal(nameDay("en", noon), "Fri, Nov 27, 2026");
  assert.equal(nameDay("zh", noon), "2026 年 11 月 27 日 周五");
});

Deno.test("say() selects the plural form and formats numbers by language", () => {
  assert.equal(english.say("articles", { count: 1 }), "1 article");
  assert.equal(english.say("articles", { count: 0 }), "0 articles");
  assert.equal(english.say("articles", { count: 1234567 }), "1,234,567 articles");
  assert.equal(chinese.say("articles", { count: 1 }), "1 篇文章");
});

Deno.test("say() lets a word agree with any number, also a formatted one", () => {
  assert.equal(english.say("nodes", { count: 1, nodes: 1, left: 0 }), "1 of 1 node, are left");
  assert.equal(english.say("nodes", { count: 1, nodes: "2", left: "1" }), "1 of 2 nodes, is left");
  assert.equal(
    english.say("nodes", { count: 0, nodes: "1,001", left: 1 }),
    "0 of 1,001 nodes, is left",
  );
});

Deno.test("say() inserts texts literally and keeps placeholders without a value", () => {
  assert.equal(
    english.say("greeting", { name: "{count} <b>" }),
    "Hello, {count} <b>; {missing} stays",
  );
});

Deno.test("number() formats the given number of decimals", () => {
  assert.equal(english.number(1234.5), "1,235");
  assert.equal(english.number(15.5, 2), "15.50");
});

Deno.test("duration() shows the two largest units", () => {
  assert.equal(english.duration(0.2), "0 s");
  assert.equal(english.duration(59.6), "1 min");
  assert.equal(english.duration(200), "3 min 20 s");
  assert.equal(english.duration(3_600), "1 h");
  assert.equal(english.duration(90_061), "1 d 1 h");
  assert.equal(chinese.duration(200), "3 分 20 秒");
  assert.equal(chinese.duration(180), "3 分钟");
});

Deno.test("bytes() selects the unit", () => {
  assert.equal(english.bytes(0), "0 bytes");
  assert.equal(english.bytes(1_234_567), "1.2 MB");
});

Deno.test("every voice of a language shares its formatters, which take memory that V8 does not count", () => {
  const made: string[] = [];
  const { DateTimeFormat, NumberFormat, PluralRules } = Intl;
  const counted = <Kind extends typeof DateTimeFormat | typeof NumberFormat | typeof PluralRules>(
    kind: Kind,
  ) =>
    new Proxy(kind, {
      construct(target, given) {
        made.push(target.name);
        return Reflect.construct(target, given);
      },
    });
  Object.assign(Intl, {
    DateTimeFormat: counted(DateTimeFormat),
    NumberFormat: counted(NumberFormat),
    PluralRules: counted(PluralRules),
  });
  try {
    const speak = () => {
      const voice = createVoice("zh", { articles: { one: "{count} 篇", other: "{count} 篇" } });
      const axis = createAxisVoice("zh");
      voice.say("articles", { count: 2 });
      voice.bytes(12_345);
      voice.moment(0);
      axis.moment(0, 60);
      axis.amount(12_345);
      nameDay("zh", 0);
      nameZone("zh");
    };
    speak();
    made.length = 0;
    speak();
    assert.deepEqual(made, []);
  } finally {
    Object.assign(Intl, { DateTimeFormat, NumberFormat, PluralRules });
  }
});
