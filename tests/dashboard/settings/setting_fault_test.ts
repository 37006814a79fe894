import assert from "node:assert/strict";
import { draftOf } from "../../../lib/dashboard/settings/settings_draft.ts";
import { createSettingsModel } from "../../../lib/dashboard/settings/settings_model.ts";
import { faultsIn } from "../../../lib/dashboard/settings/setting_fault.ts";
import { defaultSettings } from "../../../lib/wire/settings.ts";

const settings = defaultSettings(2);
const draft = draftOf(settings);

Deno.test("a draft of valid values has no faults", () => {
  assert.deepEqual(faultsIn(draft), {});
});

Deno.test("each kind of faulty field is named with its bounds", () => {
  for (const text of ["-5", "1e1", "1.5", "11", "many", ""]) {
    const faults = faultsIn({ ...draft, retry_max: text });
    assert.deepEqual(faults, { retry_max: { kind: "number", least: 0, most: 10 } }, text);
  }
  assert.deepEqual(faultsIn({ ...draft, time_zone: "Nowhere" }), { time_zone: { kind: "zone" } });
  assert.deepEqual(faultsIn({ ...draft, reading_styles_by_group: "1 none\nx" }), {
    reading_styles_by_group: { kind: "line", line: 2, longest: 30 },
  });
  assert.deepEqual(faultsIn({ ...draft, reading_styles_by_group: "2 none\n\n2 plain" }), {
    reading_styles_by_group: { kind: "contradiction", line: 2, earlier: 1 },
  });
  assert.deepEqual(faultsIn({ ...draft, reading_words: "行(xyz)业" }), {
    reading_words: { kind: "syllable", line: 1, syllable: "xyz" },
  });
  const many = Array.from({ length: 5_001 }, (_, n) => `phrase ${n}`).join("\n");
  assert.equal(
    faultsIn({ ...draft, advertising_phrases: many }).advertising_phrases?.kind,
    "lines",
  );
});

Deno.test("a faulty draft keeps what was typed and requests no preview", async () => {
  const model = createSettingsModel({
    view: { version: "1", settings, changes: [] },
    draft: null,
    preview: null,
    result: null,
  });
  model.edit("min_paragraph_length", "-5");
  await model.askPreview();
  assert.deepEqual(model.preview.value, { kind: "faulty" });
  assert.equal(model.draft.value.min_paragraph_length, "-5");
  model.discard();
  await model.askPreview();
  assert.deepEqual(model.preview.value, { kind: "none" });
});
