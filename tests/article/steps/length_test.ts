import assert from "node:assert/strict";
import { DEFAULT_ARTICLE_SETTINGS } from "../../../lib/article/article_settings.ts";
import { dropShort } from "../../../lib/article/steps/length.ts";

function drop(text: string, min_paragraph_length = 20) {
  return dropShort({ text, isChrome: false }, {
    ...DEFAULT_ARTICLE_SETTINGS,
    min_paragraph_length,
  });
}

Deno.test("dropShort() drops paragraphs below the minimum length, with their length", () => {
  assert.deepEqual(drop("四个字。", 5), { kind: "too_short", count: 4, least: 5 });
  assert.equal(drop("五个字了。", 5), null);
  assert.equal(drop("😀😀😀😀", 5)?.count, 4);
  assert.equal(drop("😀😀😀😀😀", 5), null);
  assert.equal(drop("12345678901234567890"), null);
});

Deno.test("dropShort() keeps a complete Chinese sentence of twelve characters", () => {
  assert.equal(drop("他今天没有来学校上课。")?.count, 11);
  for (
    const text of [
      "他今天又没有来学校上课。",
      "“你今天还要去学校吗？”",
      "他忽然就完全沉默了下来……",
      "我们最后一次见到他是1998年！",
      "（他今天没有来学校上课。）",
    ]
  ) assert.equal(drop(text), null, text);
});

Deno.test("dropShort() drops text of the same length that is not a sentence", () => {
  for (
    const text of [
      "第三章　河水推着木轮慢慢地转",
      "图：银行门口停下来的行人",
      "She did not come.",
      "编辑：张三　校对：李四",
    ]
  ) assert.equal(drop(text)?.kind, "too_short", text);
});

Deno.test("dropShort() also applies a higher minimum length to sentences", () => {
  const sentence = "他今天没有来学校上课，也没有请假。";
  assert.equal(drop(sentence, 25), null);
  assert.equal(drop(sentence, 100)?.kind, "too_short");
});
