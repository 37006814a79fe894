import assert from "node:assert/strict";
import { draftOf, patchOf, rebase } from "../../../lib/dashboard/settings/settings_draft.ts";
import { defaultSettings } from "../../../lib/wire/settings.ts";

const before = { ...defaultSettings(2), min_paragraph_length: 20, retry_max: 3 };
const after = { ...before, min_paragraph_length: 25 };

Deno.test("a draft's patch contains only changes, and null for an invalid number", () => {
  const draft = { ...draftOf(before), min_paragraph_length: "25", retry_max: "many" };
  assert.deepEqual(patchOf(draft, before), { min_paragraph_length: 25, retry_max: null });
});

Deno.test("a rebased draft follows newer settings in unchanged fields", () => {
  const draft = { ...draftOf(before), retry_max: "7" };
  assert.deepEqual(patchOf(rebase(draft, before, after), after), { retry_max: 7 });
});

Deno.test("a field that is reset while being saved stays edited", () => {
  const sent = { min_paragraph_length: 25 };
  const typedSince = draftOf(before);
  assert.deepEqual(patchOf(rebase(typedSince, { ...before, ...sent }, after), after), {
    min_paragraph_length: 20,
  });
});
