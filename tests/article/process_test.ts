import assert from "node:assert/strict";
import fc from "fast-check";
import {
  annotateArticle,
  cleanArticle,
  explainArticle,
  processArticle,
} from "../../lib/article/process.ts";
import { DEFAULT_ARTICLE_SETTINGS } from "../../lib/article/settings.ts";

const SETTINGS = { minParagraphLength: 4, advertisingPhrases: ["广告"] };
const ARTICLE = {
  title: " 水车 ",
  content:
    "<h1>短</h1><p>  河水推着\n木轮。</p><script>x</script><p>这里是广告。</p><p>1 &lt; 2 &amp; so on</p>",
};

Deno.test("processArticle() makes a title and annotated paragraphs", () => {
  assert.deepEqual(processArticle(ARTICLE, SETTINGS), {
    title: "水车",
    paragraphs: ["河(he)水(shui)推(tui)着(zhe) 木(mu)轮(lun)。", "1 < 2 & so on"],
  });
});

Deno.test("processArticle() does not let a word reach from one paragraph into the next", () => {
  const content = "<p>一锭白银</p><p>行人很多</p>";
  assert.deepEqual(processArticle({ title: "t", content }, SETTINGS).paragraphs, [
    "一(yi)锭(ding)白(bai)银(yin)",
    "行(xing)人(ren)很(hen)多(duo)",
  ]);
});

Deno.test("processArticle() makes no paragraph of an article of which nothing is left", () => {
  for (const content of ["", " \n ", "<p></p>", "短", "<p>全是广告的一段</p>"]) {
    assert.deepEqual(processArticle({ title: "t", content }, SETTINGS), {
      title: "t",
      paragraphs: [],
    });
  }
});

Deno.test("processArticle() is its two stages", () => {
  const clean = cleanArticle(ARTICLE, SETTINGS);
  assert.deepEqual(annotateArticle(clean), processArticle(ARTICLE, SETTINGS));
});

Deno.test("explainArticle() accounts for every paragraph that is not blank", () => {
  assert.deepEqual(explainArticle(ARTICLE, SETTINGS), {
    title: "水车",
    kept: [
      {
        position: 1,
        text: "河水推着 木轮。",
        annotated: "河(he)水(shui)推(tui)着(zhe) 木(mu)轮(lun)。",
      },
      { position: 3, text: "1 < 2 & so on", annotated: "1 < 2 & so on" },
    ],
    dropped: [
      { position: 0, text: "短", reason: { kind: "too_short", minLength: 4 } },
      { position: 2, text: "这里是广告。", reason: { kind: "advertising", phrase: "广告" } },
    ],
  });
});

Deno.test("explainArticle() and processArticle() agree, and neither throws, whatever they get", () => {
  const text = fc.oneof(
    fc.string({ unit: "binary" }),
    fc.array(fc.constantFrom("<p>", "汉字", "银行", "广告", "<br>", "&amp;", "\n", "<b", "😀", " "))
      .map((pieces) => pieces.join("")),
  );
  fc.assert(fc.property(text, text, (title, content) => {
    const processed = processArticle({ title, content }, SETTINGS);
    const explained = explainArticle({ title, content }, SETTINGS);
    assert.equal(explained.title, processed.title);
    assert.deepEqual(explained.kept.map(({ annotated }) => annotated), processed.paragraphs);
    const positions = [...explained.kept, ...explained.dropped].map(({ position }) => position);
    assert.deepEqual(positions.sort((a, b) => a - b), positions.map((_, index) => index));
  }));
});

Deno.test("the default settings are usable as they are", () => {
  assert.ok(
    DEFAULT_ARTICLE_SETTINGS.advertisingPhrases.every((phrase) => phrase.trim() === phrase),
  );
  assert.equal(DEFAULT_ARTICLE_SETTINGS.minParagraphLength, 20);
});

Deno.test("what is nested too deep to be processed can still be looked at", () => {
  const raw = { title: "Deep", content: "<div>".repeat(400_000) };
  assert.throws(() => processArticle(raw, SETTINGS), /nested 10001 deep/);
  assert.deepEqual(explainArticle(raw, SETTINGS), { title: "Deep", kept: [], dropped: [] });
});
