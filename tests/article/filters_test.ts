import assert from "node:assert/strict";
import { filterParagraphs, whyDropped } from "../../lib/article/filters.ts";
import { DEFAULT_ARTICLE_SETTINGS } from "../../lib/article/settings.ts";

const SETTINGS = { minParagraphLength: 5, advertisingPhrases: ["扫码关注", "Subscribe Now"] };

Deno.test("whyDropped() drops what is shorter than the least length, in characters", () => {
  assert.deepEqual(whyDropped("四个字。", SETTINGS), { kind: "too_short", minLength: 5 });
  assert.equal(whyDropped("五个字了。", SETTINGS), null);
  assert.deepEqual(whyDropped("😀😀😀😀", SETTINGS), { kind: "too_short", minLength: 5 });
  assert.equal(whyDropped("😀😀😀😀😀", SETTINGS), null);
});

Deno.test("whyDropped() names the phrase as it stands in the paragraph", () => {
  assert.deepEqual(whyDropped("请扫码关注我们", SETTINGS), {
    kind: "advertising",
    phrase: "扫码关注",
  });
  assert.deepEqual(whyDropped("Please SUBSCRIBE NOW!", SETTINGS), {
    kind: "advertising",
    phrase: "SUBSCRIBE NOW",
  });
});

Deno.test("whyDropped() takes phrases literally and ignores blank ones", () => {
  const settings = { minParagraphLength: 1, advertisingPhrases: ["", "  ", "a.b*(c)"] };
  assert.equal(whyDropped("aXb(c)", settings), null);
  assert.deepEqual(whyDropped("- A.B*(C) -", settings), { kind: "advertising", phrase: "A.B*(C)" });
  assert.equal(whyDropped("x", { minParagraphLength: 1, advertisingPhrases: [] }), null);
});

Deno.test("whyDropped() follows a list that was changed in place", () => {
  const settings = { minParagraphLength: 1, advertisingPhrases: ["one"] };
  assert.equal(whyDropped("two", settings), null);
  settings.advertisingPhrases.push("two");
  assert.equal(whyDropped("two", settings)?.kind, "advertising");
});

Deno.test("filterParagraphs() keeps order and places", () => {
  assert.deepEqual(
    filterParagraphs(["短", "第一段够长的。", "扫码关注一下吧", "第二段够长的。"], SETTINGS),
    {
      kept: [{ position: 1, text: "第一段够长的。" }, { position: 3, text: "第二段够长的。" }],
      dropped: [
        { position: 0, text: "短", reason: { kind: "too_short", minLength: 5 } },
        {
          position: 2,
          text: "扫码关注一下吧",
          reason: { kind: "advertising", phrase: "扫码关注" },
        },
      ],
    },
  );
});

Deno.test("the default phrases spare ordinary prose", () => {
  for (
    const text of [
      "这条小路从银行门口一直通到河边的渡口，走得慢也没关系。",
      "She bought two tickets for the slow train.",
    ]
  ) {
    assert.equal(whyDropped(text, DEFAULT_ARTICLE_SETTINGS), null);
  }
});
