import assert from "node:assert/strict";
import { entriesFor, type Entry } from "../../lib/dashboard/entries.ts";
import { createPaletteModel } from "../../lib/dashboard/palette_model.ts";
import type { Language } from "../../lib/i18n/language.ts";

function paletteIn(language: Language) {
  const more = (text: string): Entry => ({
    id: "more",
    icon: "search",
    label: text,
    alias: "",
    keys: null,
    deed: { kind: "go", path: text },
  });
  return createPaletteModel(entriesFor({ language, mayAct: true, signsOut: true }), more);
}

const idsOf = ({ found }: ReturnType<typeof paletteIn>) => found.value.map(({ id }) => id);

Deno.test("an empty palette offers everything", () => {
  const palette = paletteIn("en");
  const all = entriesFor({ language: "en", mayAct: true, signsOut: true }).map(({ id }) => id);
  assert.deepEqual(idsOf(palette), all);
  palette.type("  ");
  assert.deepEqual(idsOf(palette), all);
});

Deno.test("an entry is found in both languages, whichever is shown", () => {
  for (const language of ["zh", "en"] as const) {
    const palette = paletteIn(language);
    for (
      const [typed, id] of [["work", "workers"], ["工作", "workers"], ["死信", "clear"]] as const
    ) {
      palette.type(typed);
      assert.equal(idsOf(palette)[0], id, `${typed} in ${language}`);
    }
  }
});

Deno.test("words are found in any order and width, without case; what begins with them is first", () => {
  const palette = paletteIn("en");
  palette.type("LIGHT theme");
  assert.deepEqual(idsOf(palette), ["themeLight", "more"]);
  palette.type("ｓｅｔ");
  assert.equal(idsOf(palette)[0], "settings");
  palette.type("s");
  const ids = idsOf(palette);
  assert.ok(ids.indexOf("signOut") < ids.indexOf("keys"), "beginnings before the midst");
  assert.ok(ids.indexOf("keys") < ids.indexOf("failures"), "beginnings of words before the rest");
});

Deno.test("what fits nothing is still offered as a search", () => {
  const palette = paletteIn("en");
  palette.type(" 银行 ");
  assert.deepEqual(palette.found.value.map(({ label }) => label), ["银行"]);
});

Deno.test("the choice goes round both ends, and back to the first when something is typed", () => {
  const palette = paletteIn("en");
  palette.move(-1);
  assert.equal(palette.active.value, palette.found.value.length - 1);
  palette.move(1);
  assert.equal(palette.active.value, 0);
  palette.point(7);
  palette.type("st");
  assert.equal(palette.active.value, 0);
});
