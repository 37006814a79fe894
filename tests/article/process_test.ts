import assert from "node:assert/strict";
import fc from "fast-check";
import {
  annotateArticle,
  cleanArticle,
  explainArticle,
  processArticle,
} from "../../lib/article/process.ts";
import { DEFAULT_ARTICLE_SETTINGS } from "../../lib/article/article_settings.ts";

const SETTINGS = {
  ...DEFAULT_ARTICLE_SETTINGS,
  min_paragraph_length: 4,
  advertising_phrases: ["广告"],
};
const ARTICLE = {
  title: " 水车 ",
  content:
    "<h1>短</h1><p>  河水推着\n木轮。</p><script>x</script><p>这里是广告。</p><p>1 &lt; 2 &amp; so on</p>",
};

Deno.test("processArticle() returns a title and annotated paragraphs", () => {
  assert.deepEqual(processArticle(ARTICLE, SETTINGS), {
    title: "水车",
    paragraphs: ["河(he)水(shui)推(tui)着(zhe)木(mu)轮(lun)。", "1 < 2 & so on"],
  });
});

Deno.test("processArticle() does not match words across paragraphs", () => {
  const content = "<p>一锭白银</p><p>行人很多</p>";
  assert.deepEqual(processArticle({ title: "t", content }, SETTINGS).paragraphs, [
    "一(yi)锭(ding)白(bai)银(yin)",
    "行(xing)人(ren)很(hen)多(duo)",
  ]);
});

Deno.test("processArticle() returns no paragraphs if all are dropped", () => {
  for (const content of ["", " \n ", "<p></p>", "短", "<p>全是广告的一段</p>"]) {
    assert.deepEqual(processArticle({ title: "t", content }, SETTINGS), {
      title: "t",
      paragraphs: [],
    });
  }
});

Deno.test("processArticle() equals its two stages combined", () => {
  const clean = cleanArticle(ARTICLE, SETTINGS);
  assert.deepEqual(annotateArticle(clean, SETTINGS), processArticle(ARTICLE, SETTINGS));
});

Deno.test("explainArticle() explains every nonblank paragraph", () => {
  assert.deepEqual(explainArticle(ARTICLE, SETTINGS), {
    title: "水车",
    paragraphs: [
      { text: "短", annotated: null, reason: { kind: "too_short", count: 1, least: 4 } },
      {
        text: "河水推着木轮。",
        annotated: "河(he)水(shui)推(tui)着(zhe)木(mu)轮(lun)。",
        readingReasons: [],
        reason: null,
      },
      { text: "这里是广告。", annotated: null, reason: { kind: "advertising", phrase: "广告" } },
      { text: "1 < 2 & so on", annotated: "1 < 2 & so on", readingReasons: [], reason: null },
    ],
  });
});

Deno.test("explainArticle() and processArticle() agree and do not throw for any input", () => {
  const text = fc.oneof(
    fc.string({ unit: "binary" }),
    fc.array(fc.constantFrom("<p>", "汉字", "银行", "广告", "<br>", "&amp;", "\n", "<b", "😀", " "))
      .map((pieces) => pieces.join("")),
  );
  fc.assert(fc.property(text, text, (title, content) => {
    const processed = processArticle({ title, content }, SETTINGS);
    const explained = explainArticle({ title, content }, SETTINGS);
    assert.equal(explained.title, processed.title);
    const kept = explained.paragraphs.map(({ annotated }) => annotated);
    assert.deepEqual(kept.filter((annotated) => annotated !== null), processed.paragraphs);
  }));
});

Deno.test("the default settings are valid", () => {
  assert.ok(
    DEFAULT_ARTICLE_SETTINGS.advertising_phrases.every((phrase) => phrase.trim() === phrase),
  );
  assert.equal(DEFAULT_ARTICLE_SETTINGS.min_paragraph_length, 20);
});

Deno.test("processArticle() keeps the text of extremely deep nesting", () => {
  const raw = { title: "Deep", content: "<div>".repeat(400_000) + "所有的文字都在这里" };
  assert.equal(cleanArticle(raw, SETTINGS).paragraphs[0]?.text, "所有的文字都在这里");
});

Deno.test("processArticle() splits a paragraph of more than 5,000 characters", () => {
  const content = `<p>${"河水推着木轮慢慢转。".repeat(1_200)}</p>`;
  const { paragraphs } = cleanArticle({ title: "", content }, SETTINGS);
  assert.deepEqual(paragraphs.map(({ text }) => text.length), [5_000, 5_000, 2_000]);
});

Deno.test("processArticle() keeps a whole page with extraction off, and only its article with auto", () => {
  const body = "<p>河水推着木轮慢慢转，一筒一筒的水被举到高处，再倒进石槽里。</p>".repeat(5);
  const content =
    `<html><title>水车_某某网</title><body><nav>首页和新闻</nav>${body}</body></html>`;
  const count = (extraction: "auto" | "off") =>
    processArticle({ title: "", content }, { ...SETTINGS, extraction }).paragraphs.length;
  assert.equal(count("auto"), 5);
  assert.equal(count("off"), 6);
  assert.equal(processArticle({ title: "", content }, SETTINGS).title, "水车");
});

Deno.test("processArticle() does not annotate a group with the style none, and applies the operator's words", () => {
  const settings = {
    ...SETTINGS,
    reading_styles_by_group: ["7 none"],
    reading_words: ["水(shui)车(ju)"],
  };
  const content = "河边的水车慢慢转";
  assert.deepEqual(
    processArticle({ title: "t", content, groupId: 7 }, settings).paragraphs,
    [content],
  );
  const [read = ""] = processArticle({ title: "t", content, groupId: 1 }, settings).paragraphs;
  assert.ok(read.includes("水(shui)车(ju)"));
});
