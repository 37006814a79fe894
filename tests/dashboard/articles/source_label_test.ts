import assert from "node:assert/strict";
import { sourceLabel } from "../../../lib/dashboard/articles/source_label.ts";
import { facetLabel } from "../../../lib/dashboard/failures/facet_label.ts";
import { failuresWords } from "../../../lib/i18n/failures_words.ts";
import { textSource } from "../../../lib/intake/text_source.ts";
import { createVoice } from "../../../lib/i18n/voice.ts";

Deno.test("the source of an article without one is shown as by content, others as they are", () => {
  const source = textSource({ title: "A title", content: "A text" });
  const english = createVoice("en", failuresWords.en);
  const chinese = createVoice("zh", failuresWords.zh);
  assert.match(sourceLabel(english, source), /^by content · [0-9a-f]{8}$/);
  assert.match(sourceLabel(chinese, source), /^按内容识别 · [0-9a-f]{8}$/);
  assert.equal(facetLabel(chinese, "source", "sha256"), "按内容识别");
  assert.equal(sourceLabel(chinese, "https://a.example/sha256:1"), "https://a.example/sha256:1");
  assert.equal(facetLabel(chinese, "source", "a.example"), "a.example");
});
