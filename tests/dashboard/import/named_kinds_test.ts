import assert from "node:assert/strict";
import { importWords } from "../../../lib/i18n/import_words.ts";
import { LANGUAGES } from "../../../lib/i18n/language.ts";
import { createVoice } from "../../../lib/i18n/voice.ts";
import { PACKING_EXTENSIONS } from "../../../lib/intake/format_name.ts";

/** How the page names each format and archive that is read. */
const NAMES = [
  "JSON",
  "JSON Lines",
  "CSV",
  "TSV",
  "RSS/Atom",
  "WordPress",
  "Markdown",
  "zip",
  "tar",
];

Deno.test("the import page names every kind of file that is read, in every language", () => {
  for (const language of LANGUAGES) {
    const text = createVoice(language, importWords[language]).say("formats");
    const names = [...NAMES, ...Object.keys(PACKING_EXTENSIONS)];
    const missing = names.filter((name) => !new RegExp(`\\b${name}\\b`).test(text));
    assert.deepEqual(missing, [], language);
  }
});
