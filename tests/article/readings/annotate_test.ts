import assert from "node:assert/strict";
import fc from "fast-check";
import { annotate } from "../../../lib/article/readings/annotate.ts";
import { sampleArticles } from "../texts.ts";

Deno.test("annotate() adds a toneless reading after each Han character", () => {
  assert.equal(annotate("汉字"), "汉(han)字(zi)");
});

Deno.test("annotate() distinguishes rare characters from common ones", () => {
  assert.equal(annotate("蕙炷"), "蕙(hui)炷(zhu)");
  assert.equal(annotate("大千"), "大(da)千(qian)");
});

Deno.test("annotate() reads a character by its context", () => {
  assert.equal(
    annotate("行长走过银行门口的行人"),
    "行(hang)长(zhang)走(zou)过(guo)银(yin)行(hang)门(men)口(kou)的(de)行(xing)人(ren)",
  );
  assert.equal(annotate("音乐快乐"), "音(yin)乐(yue)快(kuai)乐(le)");
});

Deno.test("annotate() writes ü as v without tones, and as ü with tone marks", () => {
  assert.equal(annotate("绿女旅略"), "绿(lv)女(nv)旅(lv)略(lve)");
  assert.equal(annotate("绿女", "marks"), "绿(lǜ)女(nǚ)");
});

Deno.test("annotate() writes tones as marks or as numbers, 5 for the neutral one", () => {
  assert.equal(annotate("银行的", "marks"), "银(yín)行(háng)的(de)");
  assert.equal(annotate("银行的", "numbers"), "银(yin2)行(hang2)的(de5)");
});

Deno.test("annotate() does not change other characters", () => {
  const text = "GPS 42 km, “3.14” — カナ 한글 ü ǖ é e\u0301 ①Ⅳ ，。！ () [] \t";
  assert.equal(annotate(text), text);
});

Deno.test("annotate() handles mixed text", () => {
  assert.equal(annotate("在Deno里，第3章"), "在(zai)Deno里(li)，第(di)3章(zhang)");
  assert.equal(annotate("我❤️你👨‍👩‍👧家"), "我(wo)❤️你(ni)👨‍👩‍👧家(jia)");
});

Deno.test("annotate() reads known astral Han characters and keeps unknown ones intact", () => {
  assert.equal(annotate("😀好😀a𝄞b"), "😀好(hao)😀a𝄞b");
  assert.equal(annotate("𫭟𪚥好"), "𫭟(ou)𪚥好(hao)");
});

Deno.test("annotate() reads 了 as a particle after Latin letters, digits and punctuation", () => {
  assert.equal(annotate("下载App了"), "下(xia)载(zai)App了(le)");
  assert.equal(annotate("涨到5%了，5了"), "涨(zhang)到(dao)5%了(le)，5了(le)");
});

Deno.test("annotate() distinguishes the adverbial 地 from the noun", () => {
  assert.equal(annotate("慢慢地走"), "慢(man)慢(man)地(de)走(zou)");
  assert.equal(annotate("更好地理解"), "更(geng)好(hao)地(de)理(li)解(jie)");
  assert.equal(annotate("一块地卖了"), "一(yi)块(kuai)地(di)卖(mai)了(le)");
});

Deno.test("annotate() repeats the reading before 々", () => {
  assert.equal(annotate("人々"), "人(ren)々(ren)");
  assert.equal(annotate("々"), "々");
});

Deno.test("annotate() reads traditional text like simplified", () => {
  assert.equal(annotate("銀行"), "銀(yin)行(hang)");
  assert.equal(annotate("於是乘汽車"), "於(yu)是(shi)乘(cheng)汽(qi)車(che)");
  assert.equal(annotate("乾隆喝乾了"), "乾(qian)隆(long)喝(he)乾(gan)了(le)");
  assert.equal(annotate("著名作家看著我"), "著(zhu)名(ming)作(zuo)家(jia)看(kan)著(zhe)我(wo)");
});

Deno.test("annotate() matches words across invisible characters", () => {
  for (const invisible of ["\u00ad", "\u200b", "\u200d", "\u2060", "\ufeff"]) {
    assert.equal(annotate(`银${invisible}行`), `银(yin)${invisible}行(hang)`);
  }
});

Deno.test("annotate() adds a reading after the character's variation selector", () => {
  assert.equal(annotate("重\ufe00庆\u{e0100}"), "重\ufe00(chong)庆\u{e0100}(qing)");
});

Deno.test("annotate() reads radicals and compatibility ideographs as their standard characters", () => {
  assert.equal(annotate("\u2f8f人"), "\u2f8f(xing)人(ren)"); // Kangxi radical 行
  assert.equal(annotate("银\ufa08"), "银(yin)\ufa08(hang)"); // compatibility ideograph 行
});

const anyText = fc.string({
  unit: fc.oneof(
    {
      weight: 3,
      arbitrary: fc.constantFrom(..."银行长了着重庆乐得地还都著為於的不一々，。！a1 (le)"),
    },
    { weight: 1, arbitrary: fc.constantFrom("\u200b", "\ufe00", "𫭟", "😀", "\u2f8f") },
    { weight: 1, arbitrary: fc.string({ unit: "binary", minLength: 1, maxLength: 1 }) },
  ),
});

Deno.test("annotate() is lossless: removing the readings restores the text", () => {
  fc.assert(
    fc.property(anyText, (text) => assert.equal(withoutReadings(annotate(text), text), text)),
    { numRuns: 1_000 },
  );
});

Deno.test("annotate() reads a sentence independently of its neighbors", () => {
  fc.assert(fc.property(anyText, anyText, (one, other) => {
    assert.equal(annotate(`${one}。${other}`), annotate(`${one}。`) + annotate(other));
  }));
});

Deno.test("annotate() reads a word independently of its paragraph's length", () => {
  const filler = fc.array(fc.constantFrom("水", "车", "，", "a", "河"), { maxLength: 200 });
  fc.assert(fc.property(filler, filler, (before, after) => {
    const text = `${before.join("")}。从重庆到长沙。${after.join("")}`;
    assert.ok(annotate(text).includes("从(cong)重(chong)庆(qing)到(dao)长(chang)沙(sha)"));
  }));
});

Deno.test("annotate() reads every Han character of the basic plane in the sample", () => {
  const text = sampleArticles().map(({ content }) => content).join("\n");
  const read = annotate(text).match(/[一-龥]\([a-z]+\)/g)?.length ?? 0;
  assert.equal(read, text.match(/[一-龥]/g)?.length);
});

/** Walks along the original, so that its own brackets are not parsed as readings. */
function withoutReadings(annotated: string, original: string): string {
  let rest = annotated;
  let text = "";
  for (const character of original) {
    if (!rest.startsWith(character)) break;
    text += character;
    rest = rest.slice(character.length);
    if (/[\p{Script=Han}\p{Variation_Selector}]/u.test(character)) {
      rest = rest.replace(/^\([a-zê]+\)/, "");
    }
  }
  return text + rest;
}
