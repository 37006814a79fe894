import assert from "node:assert/strict";
import { paletteSuggestions } from "../../../lib/dashboard/keyboard/palette_suggestions.ts";
import { keyboardWords } from "../../../lib/i18n/keyboard_words.ts";
import { createVoice } from "../../../lib/i18n/voice.ts";

const found = (text: string) =>
  paletteSuggestions(createVoice("en", keyboardWords.en), text).map(({ label, effect }) => [
    label,
    effect.kind === "go" ? effect.path : effect.kind,
  ]);

Deno.test("a number opens the article with that id first", () => {
  assert.deepEqual(found("42")[0], ["Open article 42", "/articles/42"]);
});

Deno.test("any text can be searched for in titles and failures", () => {
  assert.deepEqual(found("source:feeds"), [
    ["Search articles for “source:feeds”", "/articles?q=source%3Afeeds"],
    ["Find failures that match “source:feeds”", "/failures?q=source%3Afeeds"],
  ]);
});
