import assert from "node:assert/strict";
import fc from "fast-check";
import { characterReadings, contextWords } from "../../lib/article/dictionary.ts";
import { tidyParagraph } from "../../lib/article/paragraphs.ts";
import { annotate } from "../../lib/article/pinyin.ts";
import { cleanArticle } from "../../lib/article/process.ts";
import { generateArticle } from "../../bench/articles.ts";
import { annotateByPinyinPro } from "./pinyin_reference.ts";
import { corpusArticles, sampleArticles } from "./texts.ts";

const EVERYTHING = { minParagraphLength: 1, advertisingPhrases: [] };

Deno.test("annotate() puts a reading without tone behind each Han character", () => {
  assert.equal(annotate("汉字"), "汉(han)字(zi)");
});

Deno.test("annotate() reads a character after its context", () => {
  assert.equal(annotate("银行"), "银(yin)行(hang)");
  assert.equal(annotate("行人"), "行(xing)人(ren)");
  assert.equal(
    annotate("行长走过银行门口的行人"),
    "行(hang)长(zhang)走(zou)过(guo)银(yin)行(hang)门(men)口(kou)的(de)行(xing)人(ren)",
  );
  assert.equal(annotate("长江很长"), "长(chang)江(jiang)很(hen)长(chang)");
  assert.equal(annotate("校长"), "校(xiao)长(zhang)");
  assert.equal(annotate("重庆很重要"), "重(chong)庆(qing)很(hen)重(zhong)要(yao)");
  assert.equal(annotate("音乐快乐"), "音(yin)乐(yue)快(kuai)乐(le)");
});

Deno.test("annotate() writes ü as v", () => {
  assert.equal(annotate("绿女旅略"), "绿(lv)女(nv)旅(lv)略(lve)");
});

Deno.test("annotate() leaves every other character as it is", () => {
  const text = "GPS 42 km, “3.14” — カナ 한글 ü ǖ é e\u0301 ①Ⅳ ，。！ () [] \t";
  assert.equal(annotate(text), text);
});

Deno.test("annotate() works in mixed text", () => {
  assert.equal(annotate("在Deno里，第3章"), "在(zai)Deno里(li)，第(di)3章(zhang)");
  assert.equal(annotate("我❤️你👨‍👩‍👧家"), "我(wo)❤️你(ni)👨‍👩‍👧家(jia)");
});

Deno.test("annotate() keeps astral characters whole", () => {
  assert.equal(annotate("😀好😀"), "😀好(hao)😀");
  assert.equal(annotate("a𝄞b"), "a𝄞b");
});

Deno.test("annotate() reads astral Han that is known and leaves the rest", () => {
  assert.equal(annotate("𫭟"), "𫭟(ou)");
  assert.equal(annotate("𠀀𪚥好"), "𠀀𪚥好(hao)");
});

Deno.test("annotate() reads 了 and 々 after what is before them", () => {
  assert.equal(annotate("走了"), "走(zou)了(le)");
  assert.equal(annotate("了 了"), "了(liao) 了(liao)");
  assert.equal(annotate("😀了𫭟了"), "😀了(liao)𫭟(ou)了(le)");
  assert.equal(annotate("人々 々"), "人(ren)々(ren) 々(tong)");
});

Deno.test("annotate() agrees with pinyin-pro on every character there is a reading for", () => {
  for (const character of characterReadings().keys()) {
    assert.equal(annotate(character), annotateByPinyinPro(character));
  }
});

Deno.test("annotate() agrees with pinyin-pro on every word that has its own reading", () => {
  for (const { text } of contextWords()) assert.equal(annotate(text), annotateByPinyinPro(text));
});

Deno.test("annotate() agrees with pinyin-pro on words in any order, with anything between", () => {
  const words = contextWords().map(({ text }) => text);
  const piece = fc.oneof(
    { weight: 6, arbitrary: fc.constantFrom(...words) },
    { weight: 3, arbitrary: fc.constantFrom(...characterReadings().keys()) },
    {
      weight: 2,
      arbitrary: fc.constantFrom("了", "々", "一", "不", "的", "，", " ", "a", "😀", "𠀀"),
    },
    { weight: 1, arbitrary: fc.string({ unit: "binary", maxLength: 4 }) },
  );
  const text = fc.array(piece, { maxLength: 60 }).map((pieces) => pieces.join(""));
  fc.assert(fc.property(text, (text) => assert.equal(annotate(text), annotateByPinyinPro(text))), {
    numRuns: 1_000,
  });
});

Deno.test("annotate() agrees with pinyin-pro on the sample and on generated articles", () => {
  const generated = Array.from({ length: 200 }, (_, index) => generateArticle(index));
  assertAgreement([...sampleArticles(), ...generated]);
});

const corpus = corpusArticles();
if (corpus !== null) {
  Deno.test("annotate() agrees with pinyin-pro on a corpus of real articles", () => {
    assertAgreement(corpus);
    // In long texts too, where the arithmetic of probabilities has to scale.
    for (const { content } of corpus.slice(0, 500)) {
      const text = tidyParagraph(content);
      assert.equal(annotate(text), annotateByPinyinPro(text));
    }
  });
}

Deno.test("annotate() loses nothing: without the readings the text is what it was", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary" }), (text) => {
      assert.equal(withoutReadings(annotate(text), text), text);
    }),
    { numRuns: 1_000 },
  );
});

function assertAgreement(articles: { title: string; content: string }[]) {
  let paragraphs = 0;
  for (const article of articles) {
    for (const { text } of cleanArticle(article, EVERYTHING).kept) {
      assert.equal(annotate(text), annotateByPinyinPro(text));
      paragraphs++;
    }
  }
  assert.ok(paragraphs > articles.length / 2);
}

/** Walks along the original, so that brackets that were in it are not taken for readings. */
function withoutReadings(annotated: string, original: string): string {
  let rest = annotated;
  let text = "";
  for (const character of original) {
    if (!rest.startsWith(character)) break;
    text += character;
    rest = rest.slice(character.length);
    if (/\p{Script=Han}/u.test(character)) rest = rest.replace(/^\([a-zê]+\)/, "");
  }
  return text + rest;
}
